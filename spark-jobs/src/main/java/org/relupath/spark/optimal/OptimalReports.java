package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.report.KeyFigure;

/** report.html of {@code optimal-set}, from what it has found. */
public final class OptimalReports {
  private final Continuation earlier;
  private final double unit;

  OptimalReports(Continuation earlier) {
    this.earlier = earlier;
    this.unit = earlier.training().lossScale();
  }

  /** The page of an optimal set. */
  String optimalSet(OptimalSetResult found, List<CandidateRow> candidates) {
    OptimalSetSummary figures = found.figures();
    Certificate certificate = found.solution().certificate();
    OptimalSetReport report =
        new OptimalSetReport(
            earlier.workspace().title(),
            figures(earlier, found.index(), certificate),
            earlier.settings().model().model(),
            certificate.lambda() / unit,
            certificate.objective() / unit,
            unique(figures.unique()),
            Boolean.TRUE.equals(figures.uniqueness().get("proven")),
            String.valueOf(figures.uniqueness().get("reason")),
            decidedBy(figures),
            figures.dimension(),
            figures.mergedDimension(),
            figures.functionDimension(),
            found.solution().weights().compact().size(),
            found.smallestWidth(),
            found.provenSmallest(),
            ranges(found),
            levels(found),
            candidates);
    return OptimalSetPage.html(report, found.picture() == null ? null : found.picture().picture());
  }

  /** The program that an optimal network is of, and how well it was solved. */
  public static List<KeyFigure> figures(Continuation earlier, int index, Certificate certificate) {
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("rows", earlier.training().program().problem().n());
    rows.put("columns of X", earlier.training().program().problem().d());
    rows.put("distinct patterns", earlier.training().program().patterns().count());
    rows.put("lambda index", index);
    rows.put("relative gap", certificate.relativeGap());
    return keyFigures(rows);
  }

  private static List<KeyFigure> decidedBy(OptimalSetSummary figures) {
    Map<String, Object> decided = new LinkedHashMap<>(figures.uniqueness());
    decided.remove("reason");
    decided.remove("witness");
    return keyFigures(decided);
  }

  private static List<KeyFigure> keyFigures(Map<String, Object> rows) {
    return rows.entrySet().stream()
        .map(row -> new KeyFigure(row.getKey(), text(row.getValue())))
        .toList();
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.3g", number)
        : String.valueOf(value);
  }

  private static OptimalSetReport.Unique unique(String label) {
    return switch (label) {
      case "true" -> OptimalSetReport.Unique.YES;
      case "false" -> OptimalSetReport.Unique.NO;
      default -> OptimalSetReport.Unique.UNCERTAIN;
    };
  }

  private static List<NeuronRange> ranges(OptimalSetResult found) {
    List<NeuronRange> ranges = new ArrayList<>();
    for (OptimalSetResult.Extreme neuron : found.extremes()) {
      ranges.add(
          new NeuronRange(
              "block " + neuron.blocks().get(0),
              neuron.sign(),
              neuron.least(),
              neuron.largest(),
              neuron.solver(),
              norm(found.candidates().get("smallest"), neuron),
              norm(found.candidates().get("min_norm"), neuron)));
    }
    return ranges;
  }

  /** sum of ||w_b|| over a neuron's blocks. */
  private static double norm(BlockWeights weights, OptimalSetResult.Extreme neuron) {
    double sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      sum += neuron.blocks().contains(weights.blocks().get(i).id()) ? weights.norm(i) : 0;
    }
    return sum;
  }

  private static List<BlockLevel> levels(OptimalSetResult found) {
    List<BlockLevel> levels = new ArrayList<>();
    for (BlockRatio ratio : found.ratios()) {
      BlockLevel.Member member =
          switch (ratio.membership()) {
            case YES -> BlockLevel.Member.YES;
            case UNDECIDED -> BlockLevel.Member.UNDECIDED;
            case NO -> BlockLevel.Member.NO;
          };
      levels.add(new BlockLevel(ratio.ratio(), ratio.exact(), member));
    }
    return levels;
  }

  /** A candidate as a row of the page's table. */
  CandidateRow candidate(
      String name,
      double objective,
      BlockWeights weights,
      int neurons,
      Metrics train,
      Metrics valid,
      Metrics test) {
    double squares = 0;
    for (int i = 0; i < weights.size(); i++) {
      squares += weights.norm(i) * weights.norm(i);
    }
    return new CandidateRow(
        name, neurons, objective, Math.sqrt(squares), measures(train, valid, test));
  }

  public static Measures measures(Metrics train, Metrics valid, Metrics test) {
    return new Measures(
        mse(train), mse(valid), mse(test), accuracy(train), accuracy(valid), accuracy(test));
  }

  private static Double mse(Metrics metrics) {
    return metrics == null ? null : metrics.mse();
  }

  private static Double accuracy(Metrics metrics) {
    return metrics == null ? null : metrics.accuracy();
  }
}
