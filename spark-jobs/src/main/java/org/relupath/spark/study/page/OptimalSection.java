package org.relupath.spark.study.page;

import java.util.List;
import org.relupath.spark.report.Page;

/**
 * What a study found of all optimal networks of one data set, model and number of gates.
 *
 * @param title data set and networks; plain text
 * @param sets a row a choice of blocks, under {@link #SETS}
 * @param measure what the candidates' figures are; plain text, null without candidates
 * @param candidates a row a rule, under {@link #CANDIDATES}
 * @param note how sure the medians are; plain text
 * @param pruning networks of falling width; null without pruning
 */
public record OptimalSection(
    String title,
    List<List<String>> sets,
    String measure,
    List<List<String>> candidates,
    String note,
    PrunedChart pruning) {
  private static final List<String> SETS =
      List.of(
          "neurons from",
          "solution",
          "equicorrelated",
          "dimension",
          "of functions",
          "unique",
          "smallest",
          "proven",
          "disagreement");

  private static final List<String> CANDIDATES =
      List.of("network", "all blocks", "support of one solution", "published");

  void addTo(Page page, int number) {
    page.grid(
        title + ": optimal networks",
        SETS,
        sets,
        "Medians over splits and seeds: active blocks of the solution, blocks that may be active, the"
            + " dimension of the set over neurons and of what its networks compute, neurons of the"
            + " smallest network found. Unique, proven: on how many of the splits. Disagreement: how"
            + " far two optimal networks can be apart on a row that was not fitted to.");
    if (!candidates.isEmpty()) {
      page.grid(title + ": " + measure, CANDIDATES, candidates, note);
    }
    if (pruning != null) {
      page.charts(title + ": pruning", List.of(pruning.chart("pruned-" + number)));
    }
  }
}
