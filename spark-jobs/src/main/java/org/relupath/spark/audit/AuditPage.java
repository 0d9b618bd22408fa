package org.relupath.spark.audit;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/** The page of an audit. */
public final class AuditPage {
  private final AuditReport report;
  private final AuditBounds bounds;

  private AuditPage(AuditReport report) {
    this.report = report;
    this.bounds = report.bounds();
  }

  /** The page, whole: one html file. */
  public static String html(AuditReport report) {
    return new AuditPage(report).html();
  }

  private String html() {
    String network = report.model() == Model.RELU ? "ReLU network" : "gated ReLU network";
    return new Page("Audit of a " + network, report.title())
        .verdict(claim(), critical(), Boolean.TRUE.equals(report.critical()))
        .verdict(globalClaim(), global(), optimal())
        .cards("Network", cards())
        .charts("Charts", List.of(ResidualChart.of(report), BoundChart.of(report)))
        .table("Run", report.figures())
        .rows(
            "All " + report.neurons().size() + " neurons as a table",
            List.of(
                "neuron",
                "kind",
                "‖W‖ |a|",
                "tight rows",
                "stationarity residual / λ",
                "descent residual / λ"),
            report.neurons().stream().map(this::row).toList(),
            -1)
        .html();
  }

  private String claim() {
    if (report.critical() == null) {
      return "Whether it is a critical point is uncertain.";
    }
    if (report.critical()) {
      return report.directionallyStationary()
          ? "A critical point, with no descent in any direction."
          : "A critical point.";
    }
    return report.criticalAfterBalancing()
        ? "Not a critical point as given, but once balanced."
        : "Not a critical point.";
  }

  private String critical() {
    String residual =
        "The largest residual of a neuron is "
            + Numbers.text(report.stationarityResidual(), 3)
            + (Boolean.FALSE.equals(report.critical()) ? ", more than " : ", at most ")
            + Numbers.text(report.tolerance(), 3)
            + ", which counts as zero at λ = "
            + Numbers.text(report.lambda())
            + ".";
    if (report.critical() == null) {
      return residual
          + " It is a lower bound only: tight rows depend on each other, and the cells between them"
          + " are too many to list."
          + neighbour();
    }
    if (!report.critical() && report.criticalAfterBalancing()) {
      return residual
          + " With ‖W_j‖ = |a_j| in every neuron, which changes no prediction, it is critical.";
    }
    if (report.critical() && !report.directionallyStationary()) {
      return residual
          + " That no direction descends is not shown: the largest rate of descent found is "
          + Numbers.text(report.descentResidual(), 3)
          + "."
          + neighbour();
    }
    return residual + neighbour();
  }

  private String neighbour() {
    return report.neighbour() == null ? "" : " " + report.neighbour();
  }

  private boolean optimal() {
    return bounds.gapToGlobal().optimum();
  }

  private String globalClaim() {
    if (optimal()) {
      return "Globally optimal" + bounds.networks().restriction() + ".";
    }
    return bounds.improved() == null
        ? "Not shown to be globally optimal."
        : "Not globally optimal.";
  }

  /** What proves the lower bound, in words. */
  private String source() {
    return switch (bounds.lowerBoundSource()) {
      case "enumeration" -> "by enumeration of all patterns that the rows have";
      case "norm" -> "by a dual point and the largest singular value of X, seldom tight";
      default -> bounds.lowerBoundSource();
    };
  }

  private String global() {
    String above =
        "No network of any width and any activation patterns has an objective below "
            + Numbers.text(bounds.lowerBound(), 6)
            + " ("
            + source()
            + "; for all "
            + bounds.networks().description()
            + "); this one has "
            + Numbers.text(bounds.objective(), 6)
            + ", so it is at most "
            + Numbers.text(Math.max(0, bounds.gapToGlobal().value()), 3)
            + " of its objective above the global optimum.";
    String better =
        bounds.improved() == null
            ? ""
            : " A better network was found ("
                + bounds.improvedBy()
                + "), with objective "
                + Numbers.text(bounds.improved(), 6)
                + ".";
    String patterns =
        bounds.patternSetBound() == null
            ? ""
            : " Networks that keep to the "
                + bounds.patterns()
                + " tested patterns do not go below "
                + Numbers.text(bounds.patternSetBound(), 6)
                + "; this says nothing of other patterns.";
    return above + better + patterns;
  }

  private List<KeyFigure> cards() {
    List<KeyFigure> cards = new ArrayList<>();
    cards.add(KeyFigure.of("objective", bounds.objective()));
    cards.add(
        KeyFigure.of(
            "lower bound, every network" + bounds.networks().restriction(), bounds.lowerBound()));
    cards.add(new KeyFigure("gap to it", Numbers.text(bounds.gapToGlobal().value(), 3)));
    cards.add(KeyFigure.of("optimum, own patterns", bounds.subsampled()));
    cards.add(KeyFigure.of("stationarity residual", report.stationarityResidual()));
    cards.add(KeyFigure.of("descent residual", report.descentResidual()));
    cards.add(KeyFigure.of("neurons", report.neurons().size()));
    cards.add(count("minimal width, own patterns", report.minimalWidth()));
    cards.add(count("optimal set dimension", report.optimalSetDimension()));
    cards.removeIf(card -> card.value().equals(Numbers.NONE));
    return cards;
  }

  private static KeyFigure count(String name, Integer value) {
    return new KeyFigure(name, value == null ? Numbers.NONE : value.toString());
  }

  private List<String> row(AuditedNeuron neuron) {
    return List.of(
        Integer.toString(neuron.neuron()),
        neuron.kind(),
        Numbers.text(neuron.norm()),
        Integer.toString(neuron.tightRows()),
        scaled(neuron.stationarityResidual()),
        scaled(neuron.descentResidual()));
  }

  private String scaled(Double residual) {
    return residual == null ? Numbers.NONE : Numbers.text(residual / report.lambda(), 3);
  }
}
