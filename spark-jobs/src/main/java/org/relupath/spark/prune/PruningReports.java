package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.optimal.OptimalReports;

/** report.html of {@code prune}, from what it has found. */
public final class PruningReports {
  private final Continuation earlier;
  private final double unit;

  /** Pages of prunings of an earlier run. */
  public PruningReports(Continuation earlier) {
    this.earlier = earlier;
    this.unit = earlier.program().lossScale();
  }

  /** The page of a pruning. */
  public String html(PruningResult found) {
    Certificate before = found.solution().certificate();
    Certificate after = found.minimal().certificate();
    return PruningPage.html(
        new PruningReport(
            earlier.workspace().title(),
            OptimalReports.figures(earlier, found.index(), before),
            earlier.settings().model().model(),
            before.lambda() / unit,
            before.objective() / unit,
            found.solution().weights().compact().size(),
            found.minimal().weights().size(),
            before.objective() == 0 ? 0 : Math.abs(after.objective() / before.objective() - 1),
            found.provenSmallest(),
            proof(found.provenBy()),
            lines(found)));
  }

  /** How the smallest width is known, in words. */
  private static String proof(String label) {
    return switch (label) {
      case "unique" -> "there is one optimal network";
      case "enumeration" -> "all minimal networks were enumerated";
      case "bound" -> "a linear program bounds the width from below";
      case "milp" -> "branch and bound over the supports came to its end";
      default -> "the smallest that several prunings found";
    };
  }

  private List<PruningLine> lines(PruningResult found) {
    Map<List<String>, List<PruningRow>> lines = new LinkedHashMap<>();
    for (PruningRow row : found.rows()) {
      lines
          .computeIfAbsent(List.of(row.method(), row.correction()), key -> new ArrayList<>())
          .add(row.inUnits(unit));
    }
    return lines.entrySet().stream()
        .map(line -> new PruningLine(line.getKey().get(0), line.getKey().get(1), line.getValue()))
        .toList();
  }
}
