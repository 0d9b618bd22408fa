package org.relupath.spark.audit;

import java.util.List;
import org.relupath.core.audit.stationarity.Criticality;
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
        .grid(
            "Outputs",
            OUTPUTS,
            audit.outputs().stream().map(JointAuditPage::cells).toList(),
            "Objectives and bounds add up to those of the network.")
        .html();
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
