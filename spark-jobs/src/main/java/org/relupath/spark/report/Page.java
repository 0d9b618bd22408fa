package org.relupath.spark.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntConsumer;
import org.relupath.core.program.Model;

/**
 * One page of markup, valid as HTML and as XML, with its style, its data and the scripts that draw
 * it inside; it loads nothing.
 */
public final class Page {
  private final StringBuilder body = new StringBuilder();
  private final ObjectNode data = JsonNodeFactory.instance.objectNode();
  private final ObjectNode charts = data.putObject("charts");
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
  public Page charts(String heading, List<Chart> drawn) {
    heading(heading);
    return charts(drawn);
  }

  /** Adds charts that are folded away. */
  public Page folded(String summary, List<Chart> drawn) {
    body.append("<details>\n<summary>").append(Html.escape(summary)).append("</summary>\n");
    charts(drawn);
    body.append("</details>\n");
    return this;
  }

  private Page charts(List<Chart> drawn) {
    body.append("<div class=\"charts\">\n");
    for (Chart chart : drawn) {
      body.append(chart.html());
      charts.set(chart.id(), chart.options());
    }
    body.append("</div>\n");
    return this;
  }

  /**
   * Adds neurons in words.
   *
   * @param note what the numbers are, and what was left out; plain text
   */
  public Page neurons(String heading, String note, List<NeuronCard> cards) {
    heading(heading);
    body.append("<p class=\"note\">").append(Html.prose(note)).append("</p>\n");
    body.append("<div class=\"neurons\">\n");
    cards.forEach(card -> body.append(card.html()));
    body.append("</div>\n");
    return this;
  }

  /** Adds what to be aware of, a paragraph each. */
  public Page warnings(List<String> warnings) {
    warnings.forEach(warning -> verdict("Note.", warning + ".", false));
    return this;
  }

  /**
   * Adds a slider over lambdas, which stays in sight and drives all charts that follow lambda.
   *
   * @param steps the lambdas, largest first, and what is said of each
   * @param start the step that it begins at
   */
  public Page slider(List<Step> steps, int start) {
    ArrayNode all = data.putArray("steps");
    for (Step step : steps) {
      ArrayNode figures =
          all.addObject().put("lambda", Chart.rounded(step.lambda())).putArray("figures");
      step.figures().forEach(one -> figures.addArray().add(one.name()).add(one.value()));
    }
    body.append(
        """
        <section class="slider" aria-label="Lambda">
        <div class="row"><label for="lambda">Regularization λ</label>
        <input type="range" id="lambda" min="0" max="%s" step="1" value="%s"/>
        <button type="button" class="plain" id="pin" aria-pressed="false">Pin</button></div>
        <div id="step" aria-live="polite"></div>
        </section>
        """
            .formatted(steps.size() - 1, start));
    return this;
  }

  /**
   * A lambda of the slider.
   *
   * @param figures what is said of it
   */
  public record Step(double lambda, List<KeyFigure> figures) {}

  /**
   * Adds parts of which the slider shows one at a time; without scripts that of the start is seen.
   *
   * @param steps how many there are, one a step of the slider
   * @param start the step that it begins at
   * @param part adds what belongs to a step; ids of charts differ between steps
   */
  public Page parts(int steps, int start, IntConsumer part) {
    for (int k = 0; k < steps; k++) {
      body.append("<section data-step=\"")
          .append(k)
          .append(k == start ? "\">\n" : "\" hidden=\"hidden\">\n");
      part.accept(k);
      body.append("</section>\n");
    }
    return this;
  }

  /** Adds the place of rows that the reader keeps beside each other, empty at first. */
  public Page kept(String heading) {
    body.append("<section id=\"kept\" hidden=\"hidden\">\n");
    heading(heading);
    body.append(
        "<div class=\"grid\"><div class=\"scroll\"><table></table></div></div>\n</section>\n");
    return this;
  }

  /**
   * Adds a table that is folded away, whose rows the reader can keep.
   *
   * @param id of the table, by which charts know it
   * @param summary what is shown of it at first
   */
  public Page keepable(String id, String summary, List<String> columns, List<List<String>> rows) {
    body.append("<details>\n<summary>").append(Html.escape(summary)).append("</summary>\n");
    cells(" id=\"" + id + "\" class=\"keepable\"", columns, rows, -1);
    body.append("</details>\n");
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
    cells("", columns, rows, marked);
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
    cells("", columns, rows, -1);
    body.append("<p class=\"note\">").append(Html.prose(note)).append("</p>\n</div>\n");
    return this;
  }

  private void cells(String attributes, List<String> columns, List<List<String>> rows, int marked) {
    body.append("<div class=\"scroll\"><table").append(attributes).append(">\n<thead><tr>");
    columns.forEach(
        name -> body.append("<th scope=\"col\">").append(Html.escape(name)).append("</th>"));
    body.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < rows.size(); i++) {
      body.append(i == marked ? "<tr class=\"chosen\">" : "<tr>");
      rows.get(i).forEach(cell -> body.append("<td>").append(Html.cell(cell)).append("</td>"));
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
        """
        + ("<meta http-equiv=\"Content-Security-Policy\" content=\"" + Assets.POLICY + "\"/>\n")
        + ("<title>" + Html.escape(title) + "</title>\n<style>" + Assets.STYLE + "</style>\n")
        + "</head>\n<body>\n<a class=\"skip\" href=\"#content\">To the content</a>\n"
        + ("<main id=\"content\" tabindex=\"-1\">\n" + body)
        + """
        <noscript><p class="note">Charts, slider and buttons are made by scripts in this page, which \
        this browser does not run.</p></noscript>
        <footer>relupath: globally optimal two-layer ReLU networks. This page is complete in itself: \
        it loads nothing.</footer>
        </main>
        """
        + ("<script type=\"application/json\" id=\"data\">" + Html.json(data) + "</script>\n")
        + String.join(
            "", Assets.SCRIPTS.stream().map(one -> "<script>" + one + "</script>\n").toList())
        + "</body>\n</html>\n";
  }
}
