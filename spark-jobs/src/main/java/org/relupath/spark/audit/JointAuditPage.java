package org.relupath.spark.audit;

import java.util.Comparator;
import java.util.List;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/**
 * The page of an audit of several outputs: each has a page of its own.
 *
 * @param title heading, such as the name of the network's file; plain text
 * @param audit what was found
 */
public record JointAuditPage(String title, JointAudit audit) {
  /** Bars that a chart has room for. */
  private static final int MOST = 60;

  private static final List<String> OUTPUTS =
      List.of(
          "output",
          "critical",
          "stationarity residual",
          "λ",
          "objective",
          "lower bound",
          "gap to it",
          "its page");

  /** The page, whole: one html file. */
  public String html() {
    boolean critical = audit.critical() == Criticality.CRITICAL;
    return new Page(Page.kind("Audit of ", "s of several outputs", audit.model()), title)
        .verdict(
            switch (audit.critical()) {
              case CRITICAL -> "Critical points.";
              case NOT_CRITICAL -> "Not all critical points.";
              case UNCERTAIN -> "Whether all are critical points is uncertain.";
            },
            "Each output is a network of its own; the largest residual of a neuron, "
                + Numbers.text(audit.stationarityResidual(), 3)
                + ", is that of "
                + audit.worst().stationarityResidual()
                + ", and the largest gap to the global optimum, "
                + Numbers.text(audit.gapToGlobal(), 3)
                + " of its objective, that of "
                + audit.worst().gapToGlobal()
                + ".",
            critical)
        .cards(
            "Network",
            List.of(
                KeyFigure.of("outputs", audit.outputs().size()),
                KeyFigure.of("objective", audit.objective()),
                KeyFigure.of("lower bound", audit.lowerBound()),
                KeyFigure.of("neurons", audit.width()),
                KeyFigure.of("rows", audit.n())))
        .charts("By output", List.of(gaps()))
        .grid(
            "Outputs",
            OUTPUTS,
            audit.outputs().stream().map(JointAuditPage::cells).toList(),
            "Objectives and bounds add up to those of the network.")
        .html();
  }

  /** The gap of each output, largest first. */
  private Chart gaps() {
    List<JointAudit.Output> outputs =
        audit.outputs().stream()
            .sorted(Comparator.comparingDouble(own -> -own.gapToGlobal()))
            .limit(MOST)
            .toList();
    return new Chart(
            "gaps",
            "Gap to the global optimum",
            (outputs.size() == audit.outputs().size()
                    ? "All outputs"
                    : "The " + MOST + " outputs of largest gap, of " + audit.outputs().size())
                + ", largest gap first: how much of its objective an output can be above that of the best"
                + " network of any width and any patterns, at most.",
            Chart.Size.BAND,
            Axis.names("output", outputs.stream().map(JointAudit.Output::name).toList()),
            Axis.fromZero("gap, as a share of the objective"))
        .bars(
            "gap",
            outputs.stream().mapToDouble(JointAudit.Output::gapToGlobal).toArray(),
            Ink.BLUE);
  }

  private static List<String> cells(JointAudit.Output own) {
    return List.of(
        own.name(),
        own.critical().label(),
        Numbers.text(own.stationarityResidual(), 3),
        Numbers.text(own.lambda()),
        Numbers.text(own.objective()),
        Numbers.text(own.lowerBound()),
        Numbers.text(own.gapToGlobal(), 3),
        own.folder() + "/report.html");
  }
}
