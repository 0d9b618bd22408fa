package org.relupath.spark.prune;

import java.util.List;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/**
 * The page of a pruning: how small an optimal network can be, and what smaller ones cost.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order
 * @param model which convex program
 * @param results the prunings, largest lambda first; at least one
 * @param main which of them the page begins with
 */
public record PruningPage(
    String title, List<KeyFigure> figures, Model model, List<PruningResult> results, int main) {
  /** Networks that a page has room for; more are thinned out. */
  private static final int ROWS = 1200;

  /** Networks of one lambda that are shown in any case, if there are as many. */
  private static final int LEAST_ROWS = 100;

  private static final List<String> PATH =
      List.of(
          "λ",
          "neurons before",
          "after",
          "proven least",
          "smallest",
          "objective",
          "gap of the minimal network");

  /** The page, whole: one html file. */
  public String html() {
    Page page = new Page(Page.kind("Pruning of an optimal ", "", model), title);
    if (results.size() == 1) {
      new PruningPart(results.get(0), ROWS, "").on(page);
      return page.kept("Pinned networks").table("Run", figures).html();
    }
    long proven = results.stream().filter(found -> found.least().provenSmallest()).count();
    int most = Math.max(LEAST_ROWS, ROWS / results.size());
    return page.verdict(
            "Pruned at " + results.size() + " λ.",
            "At "
                + proven
                + " of them the minimal network is proven to be the smallest optimal one. The slider"
                + " moves through all; minimal/ has the network of the λ that the run chose, and"
                + " lambdas/K/minimal/ those of the others.",
            true)
        .slider(results.stream().map(PruningPage::step).toList(), main)
        .charts("Along the path", List.of(PruningCharts.path(results)))
        .parts(results.size(), main, k -> new PruningPart(results.get(k), most, "-" + k).on(page))
        .kept("Pinned networks")
        .rows(
            "All " + results.size() + " λ as a table",
            PATH,
            results.stream().map(PruningPage::cells).toList(),
            main)
        .table("Run", figures)
        .html();
  }

  private static Page.Step step(PruningResult found) {
    return new Page.Step(
        found.polished().lambda(),
        List.of(
            KeyFigure.of("λ", found.polished().lambda()),
            KeyFigure.of("optimum", found.polished().objective()),
            KeyFigure.of("neurons before", found.polished().activeBlocks()),
            KeyFigure.of("neurons after", found.minimalWidth()),
            new KeyFigure("smallest", found.least().provenSmallest() ? "proven" : "not proven")));
  }

  private static List<String> cells(PruningResult found) {
    Integer bound = found.least().smallestWidthBound();
    return List.of(
        Numbers.text(found.polished().lambda()),
        Integer.toString(found.polished().activeBlocks()),
        Integer.toString(found.minimalWidth()),
        bound == null ? Numbers.NONE : bound.toString(),
        found.least().provenSmallest() ? "proven" : "",
        Numbers.text(found.minimalObjective(), 7),
        Numbers.text(found.minimal().certificate().relativeGap(), 3));
  }
}
