package org.relupath.spark.optimal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.data.NetworkMetrics;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.report.KeyFigure;

/** report.html of {@code optimal-set}, from what it has found. */
public final class OptimalReports {
  private final Continuation earlier;
  private final double unit;

  OptimalReports(Continuation earlier) {
    this.earlier = earlier;
    this.unit = earlier.program().lossScale();
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
            found.neurons(),
            found.ratios(),
            candidates);
    return OptimalSetPage.html(report, found.picture());
  }

  /** The program that an optimal network is of, and how well it was solved. */
  public static List<KeyFigure> figures(Continuation earlier, int index, Certificate certificate) {
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("rows", earlier.program().convex().problem().n());
    rows.put("columns of X", earlier.program().convex().problem().d());
    rows.put("distinct patterns", earlier.program().convex().patterns().count());
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

  /** A candidate as a row of the page's table. */
  CandidateRow candidate(
      String name, double objective, BlockWeights weights, int neurons, NetworkMetrics metrics) {
    double squares = 0;
    for (int i = 0; i < weights.size(); i++) {
      squares += weights.norm(i) * weights.norm(i);
    }
    return new CandidateRow(name, neurons, objective, Math.sqrt(squares), metrics);
  }
}
