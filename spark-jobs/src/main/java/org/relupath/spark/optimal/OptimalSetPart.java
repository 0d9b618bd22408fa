package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.optimalset.Uniqueness.State;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/**
 * What a page says of the optimal networks at one lambda, and how they differ.
 *
 * @param found the optimal set
 * @param candidates optimal networks by rule, in order
 */
public record OptimalSetPart(OptimalSetResult found, List<CandidateRow> candidates) {

  /** One lambda, with what chosen networks do. */
  static OptimalSetPart of(OptimalNetworks chosen) {
    return new OptimalSetPart(chosen.found(), List.copyOf(chosen.candidates().values()));
  }

  /**
   * Adds it.
   *
   * @param features names of the columns of X
   * @param most blocks of the spectrum
   * @param suffix of ids in the page
   */
  void on(Page page, List<String> features, int most, String suffix) {
    page.verdict(claim(), sentence(), found.figures().unique() != State.UNCERTAIN)
        .cards("Optimal set", cards())
        .charts(
            "How optimal networks differ",
            new OptimalSetCharts(found, features, most, suffix).all());
    if (!candidates.isEmpty()) {
      candidates(page);
    }
    page.table("What decides it", decidedBy());
  }

  /** What decides uniqueness, but for the reason and the witness, which stand elsewhere. */
  private List<KeyFigure> decidedBy() {
    OptimalSetSummary.Decision by = found.figures().decidedBy();
    return List.of(
        new KeyFigure("proven", by.proven() ? "yes" : "no"),
        KeyFigure.of("neurons that may be active", by.candidates()),
        KeyFigure.of("rank of their fits", by.rank()),
        new KeyFigure("rank beyond doubt", by.rankCertain() ? "yes" : "no"),
        new KeyFigure("smallest singular value kept", small(by.lastSingularValueKept())),
        new KeyFigure("largest one dropped", small(by.firstSingularValueDropped())),
        new KeyFigure("tolerance of the rank", small(by.rankTolerance())),
        new KeyFigure("perturbation allowed for", small(by.perturbation())),
        new KeyFigure("accuracy of the solution", small(by.accuracy())),
        new KeyFigure("blocks within of the bound", small(by.delta())),
        new KeyFigure("ratio of the next block", small(by.nextRatio())),
        new KeyFigure("relative gap", small(by.relativeGap())));
  }

  private static String small(double value) {
    return Numbers.text(value, 3);
  }

  private String claim() {
    return switch (found.figures().unique()) {
      case UNIQUE -> proven() ? "Unique." : "Unique, as far as the figures tell.";
      case NOT_UNIQUE -> "Not unique.";
      case UNCERTAIN -> "Uncertain.";
    };
  }

  private boolean proven() {
    return found.figures().decidedBy().proven();
  }

  private String sentence() {
    String because = " What decides: " + found.figures().decidedBy().reason() + ".";
    String lambda = Numbers.text(found.polished().lambda());
    return switch (found.figures().unique()) {
      case UNIQUE ->
          "One network with these activation patterns is optimal at λ = "
              + lambda
              + ", up to the order of its neurons and to splitting a neuron in two along its ray."
              + because
              + (proven() ? "" : " The figures support this; they do not prove it.");
      case NOT_UNIQUE ->
          "At λ = "
              + lambda
              + " different networks are optimal: their neurons trade weight in "
              + directions(found.figures().mergedDimension())
              + functions()
              + predictions(found.onValid(), "held-out")
              + predictions(found.onTest(), "test")
              + because;
      case UNCERTAIN ->
          "Whether one network or many are optimal at λ = "
              + lambda
              + " cannot be told from this solution."
              + because;
    };
  }

  private static String directions(Integer dimension) {
    if (dimension == null) {
      return "some directions.";
    }
    return dimension == 1 ? "1 direction." : dimension + " independent directions.";
  }

  private String functions() {
    Integer dimension = found.figures().functionDimension();
    if (dimension == null) {
      return "";
    }
    return dimension == 0
        ? " All of them compute the same function."
        : " The functions they compute differ in " + directions(dimension);
  }

  private static String predictions(PredictionRanges on, String rows) {
    if (on == null) {
      return "";
    }
    return on.widest() == 0
        ? " On " + rows + " rows they all predict the same."
        : " On "
            + rows
            + " rows their predictions are up to "
            + Numbers.text(on.widest(), 3)
            + " apart.";
  }

  private List<KeyFigure> cards() {
    return List.of(
        KeyFigure.of("λ", found.polished().lambda()),
        KeyFigure.of("objective, of all", found.polished().objective()),
        KeyFigure.count("dimension, of networks", found.figures().mergedDimension()),
        KeyFigure.count("dimension, of functions", found.figures().functionDimension()),
        KeyFigure.count("dimension, over blocks", found.figures().dimension()),
        KeyFigure.of("neurons, solver's network", found.polished().activeBlocks()),
        KeyFigure.of(
            found.least().provenSmallest()
                ? "neurons, smallest (proven)"
                : "neurons, smallest found",
            found.smallestWidth()));
  }

  private void candidates(Page page) {
    List<Measure> measures = Measure.known(candidates.stream().map(CandidateRow::metrics).toList());
    List<String> columns =
        new ArrayList<>(List.of("rule", "network with", "neurons", "objective", "‖w‖"));
    measures.forEach(measure -> columns.add(measure.label()));
    List<List<String>> rows = new ArrayList<>();
    for (CandidateRow candidate : candidates) {
      List<String> cells = new ArrayList<>();
      cells.add(candidate.name());
      cells.add(CandidateNetworks.inWords(candidate.name()));
      cells.add(Integer.toString(candidate.neurons()));
      cells.add(Numbers.text(candidate.objective(), 10));
      cells.add(Numbers.text(candidate.norm()));
      measures.forEach(measure -> cells.add(measure.text(candidate.metrics())));
      rows.add(cells);
    }
    page.grid(
        "Optimal networks by rule",
        columns,
        rows,
        "All have the same fit on the training rows and, up to rounding, the same objective. They"
            + " may differ in what they predict elsewhere. Each is a file: candidates/RULE/network.json.");
  }
}
