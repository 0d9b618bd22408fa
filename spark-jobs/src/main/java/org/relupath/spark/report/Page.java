package org.relupath.spark.report;

import java.util.List;
import org.relupath.core.program.Model;

/** One page of markup: valid as HTML and as XML, with its style inside and no script. */
public final class Page {
  private final StringBuilder body = new StringBuilder();
  private final String title;

  /**
   * A page with a heading.
   *
   * @param kind what the page is, above the heading; plain text
   * @param title the heading; plain text
   */
  public Page(String kind, String title) {
    this.title = kind + ": " + title;
    body.append("<header>\n<p class=\"kind\">").append(Html.escape(kind)).append("</p>\n<h1>");
    body.append(Html.escape(title)).append("</h1>\n</header>\n");
  }

  /** What a page is about, with the model's name in the middle. */
  public static String kind(String before, String plural, Model model) {
    return before + (model == Model.RELU ? "ReLU network" : "gated ReLU network") + plural;
  }

  /** Adds the few numbers that matter most, set large. */
  public Page cards(String heading, List<KeyFigure> figures) {
    heading(heading);
    body.append(figures.size() > 6 ? "<dl class=\"cards many\">\n" : "<dl class=\"cards\">\n");
    figures.forEach(this::pair);
    body.append("</dl>\n");
    return this;
  }

  /** Adds a table of names and values. */
  public Page table(String heading, List<KeyFigure> figures) {
    heading(heading);
    body.append("<dl class=\"figures\">\n");
    figures.forEach(this::pair);
    body.append("</dl>\n");
    return this;
  }

  private void heading(String heading) {
    body.append("<h2>").append(Html.escape(heading)).append("</h2>\n");
  }

  private void pair(KeyFigure figure) {
    body.append("<div><dt>").append(Html.escape(figure.name())).append("</dt><dd>");
    body.append(Html.escape(figure.value())).append("</dd></div>\n");
  }

  /**
   * Adds what was found, in words.
   *
   * @param claim a word or two; plain text
   * @param reasons what it rests on; plain text
   * @param good whether there is nothing to warn of
   */
  public Page verdict(String claim, String reasons, boolean good) {
    body.append(good ? "<p class=\"proof\">" : "<p class=\"proof missed\">");
    body.append("<strong>").append(Html.escape(claim)).append("</strong> ");
    body.append(Html.prose(reasons)).append("</p>\n");
    return this;
  }

  /** Adds charts. */
  public Page charts(String heading, List<Figure> figures) {
    heading(heading);
    body.append("<div class=\"charts\">\n");
    figures.forEach(figure -> body.append(figure.html()));
    body.append("</div>\n");
    return this;
  }

  /**
   * Adds a table that is folded away.
   *
   * @param summary what is shown of it at first
   * @param marked the row to mark, -1 for none
   */
  public Page rows(String summary, List<String> columns, List<List<String>> rows, int marked) {
    body.append("<details>\n<summary>").append(Html.escape(summary)).append("</summary>\n");
    cells(columns, rows, marked);
    body.append("</details>\n");
    return this;
  }

  /**
   * Adds a table under a heading.
   *
   * @param note a sentence below it; plain text
   */
  public Page grid(String heading, List<String> columns, List<List<String>> rows, String note) {
    heading(heading);
    body.append("<div class=\"grid\">\n");
    cells(columns, rows, -1);
    body.append("<p>").append(Html.prose(note)).append("</p>\n</div>\n");
    return this;
  }

  private void cells(List<String> columns, List<List<String>> rows, int marked) {
    body.append("<div class=\"scroll\"><table>\n<thead><tr>");
    columns.forEach(
        name -> body.append("<th scope=\"col\">").append(Html.escape(name)).append("</th>"));
    body.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < rows.size(); i++) {
      body.append(i == marked ? "<tr class=\"chosen\">" : "<tr>");
      rows.get(i).forEach(cell -> body.append("<td>").append(Html.escape(cell)).append("</td>"));
      body.append("</tr>\n");
    }
    body.append("</tbody>\n</table></div>\n");
  }

  /** The whole page. */
  public String html() {
    return """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <title>"""
        + (Html.escape(title) + "</title>\n<style>\n" + Style.CSS + "</style>\n</head>\n<body>\n")
        + ("<main>\n" + body)
        + """
        <footer>relupath: globally optimal two-layer ReLU networks. This page is complete in itself: \
        it loads nothing and runs nothing.</footer>
        </main>
        </body>
        </html>
        """;
  }
}
