package org.relupath.spark.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/**
 * The page of an audit.
 *
 * @param title heading, such as the name of the network's file; plain text
 * @param report what was found
 */
public record AuditPage(String title, AuditReport report) {
  private static final int MOST_NAMED = 12;

  /** Shares below this are said as numbers, others as percentages. */
  private static final double SMALL = 1e-3;

  /** The page, whole: one html file. */
  public String html() {
    String network = report.model() == Model.RELU ? "ReLU network" : "gated ReLU network";
    AuditCharts charts = new AuditCharts(report);
    return new Page("Audit of a " + network, title)
        .verdict(globalClaim(), global(), optimal())
        .verdict(claim(), critical(), report.critical() == Criticality.CRITICAL)
        .verdict(spareClaim(), spare(), report.freeNeurons().isEmpty())
        .cards("Network", cards())
        .charts("Charts", List.of(charts.bounds(), charts.residuals()))
        .table("Run", figures())
        .rows(
            "All " + report.neurons().size() + " neurons as a table",
            List.of(
                "neuron",
                "kind",
                "‖W‖ |a|",
                "tight rows",
                "stationarity residual / λ",
                "descent residual / λ",
                "can go"),
            report.neurons().stream().map(this::row).toList(),
            -1)
        .html();
  }

  private List<KeyFigure> figures() {
    return List.of(
        KeyFigure.of("rows", report.n()),
        KeyFigure.of("columns of X", report.d()),
        KeyFigure.of("neurons", report.width()),
        new KeyFigure("imbalance", String.format(Locale.ROOT, "%.6g", report.imbalance())));
  }

  private String spareClaim() {
    int free = report.freeNeurons().size();
    return free == 0
        ? "No neuron can go for free."
        : free + (free == 1 ? " neuron" : " neurons") + " can go for free.";
  }

  /** What can be pruned, in words. */
  private String spare() {
    List<Integer> free = report.freeNeurons();
    String which =
        free.isEmpty()
            ? "The fits of the neurons are linearly independent, so none can be traded for the others."
            : "Without "
                + (free.size() == 1 ? "neuron " : "neurons ")
                + numbers(free)
                + ", and with the others rescaled, the network predicts the same on all rows at the same"
                + " objective.";
    int idle = report.zeroNeurons().size() + report.deadNeurons().size();
    if (idle > 0) {
      which +=
          " "
              + idle
              + (idle == 1 ? " further neuron is" : " further neurons are")
              + " zero or active on no row, and can go too.";
    }
    String smallest =
        report.minimalWidth() == null
            ? ""
            : " An optimal network with the patterns of its own neurons needs "
                + report.minimalWidth()
                + (report.minimalWidth() == 1 ? " neuron" : " neurons")
                + (report.minimalWidthProven() ? ", and no fewer" : " or fewer")
                + "; this one has "
                + report.width()
                + ".";
    return which
        + smallest
        + (report.improvement() == null
            ? ""
            : " improved/network.json has the better network; prune makes it smaller.");
  }

  private boolean onceBalanced() {
    return report.criticalAfterBalancing() == Criticality.CRITICAL;
  }

  private String claim() {
    return switch (report.critical()) {
      case UNCERTAIN -> "Whether it is a critical point is uncertain.";
      case CRITICAL ->
          report.directionallyStationary()
              ? "A critical point, with no descent in any direction."
              : "A critical point.";
      case NOT_CRITICAL ->
          onceBalanced()
              ? "Not a critical point as given, but once balanced."
              : "Not a critical point.";
    };
  }

  private String critical() {
    String residual =
        "The largest residual of a neuron is "
            + Numbers.text(report.stationarityResidual(), 3)
            + (report.critical() == Criticality.NOT_CRITICAL ? ", more than " : ", at most ")
            + Numbers.text(report.tolerance(), 3)
            + ", which counts as zero at λ = "
            + Numbers.text(report.lambda())
            + ".";
    if (report.critical() == Criticality.UNCERTAIN) {
      return residual
          + " It is a lower bound only: tight rows depend on each other, and the cells between them"
          + " are too many to list."
          + neighbour();
    }
    if (report.critical() == Criticality.NOT_CRITICAL && onceBalanced()) {
      return residual
          + " With ‖W_j‖ = |a_j| in every neuron, which changes no prediction, it is critical.";
    }
    if (report.critical() == Criticality.CRITICAL && !report.directionallyStationary()) {
      return residual
          + " That no direction descends is not shown: the largest rate of descent found is "
          + Numbers.text(report.descentResidual(), 3)
          + "."
          + neighbour();
    }
    return residual + neighbour();
  }

  private String neighbour() {
    AuditReport.Neighbour found = report.neighbour();
    return found == null
        ? ""
        : String.format(
            Locale.ROOT,
            " With %d tight rows of neuron %d of the %s on their other side the objective falls to"
                + " %.10g.",
            found.rows().length,
            found.neuron(),
            found.of() == AuditReport.Of.SUBSAMPLED_OPTIMUM
                ? "sub-sampled optimum"
                : "audited network",
            found.objective());
  }

  private boolean optimal() {
    return report.global().optimum();
  }

  private String globalClaim() {
    if (optimal()) {
      return "Globally optimal" + report.lowerBoundClass().restriction() + ".";
    }
    return report.improvement() == null
        ? "Not shown to be globally optimal."
        : "Not globally optimal.";
  }

  /** What proves the lower bound, in words. */
  private String source() {
    return switch (report.lowerBoundSource()) {
      case ENUMERATION -> "by enumeration of all patterns that the rows have";
      case NORM -> "by a dual point and the largest singular value of X, seldom tight";
      default -> report.lowerBoundSource().label();
    };
  }

  private String global() {
    double gap = Math.max(0, report.global().value());
    String above =
        "Its objective, "
            + Numbers.text(report.objective(), 6)
            + ", is at most "
            + (gap < SMALL ? Numbers.text(gap, 3) : Numbers.percent(gap))
            + " of itself above the global optimum: no network of any width and any activation patterns"
            + " has an objective below "
            + Numbers.text(report.lowerBound(), 6)
            + " ("
            + source()
            + "; for all "
            + report.lowerBoundClass().description()
            + ").";
    String better =
        report.improvement() == null
            ? ""
            : " A better network was found ("
                + report.improvement().source().label()
                + "), with objective "
                + Numbers.text(report.improvement().objective(), 6)
                + ".";
    String patterns =
        " Networks that keep to the "
            + report.patternSetPatterns()
            + " tested patterns do not go below "
            + Numbers.text(report.patternSetBound(), 6)
            + "; this says nothing of other patterns.";
    return above + better + patterns;
  }

  private static String numbers(List<Integer> neurons) {
    return String.join(
            ", ", neurons.stream().limit(MOST_NAMED).map(j -> Integer.toString(j)).toList())
        + (neurons.size() > MOST_NAMED ? " and others, which the table below marks" : "");
  }

  private List<KeyFigure> cards() {
    List<KeyFigure> cards = new ArrayList<>();
    cards.add(KeyFigure.of("objective", report.objective()));
    cards.add(
        KeyFigure.of(
            "lower bound, every network" + report.lowerBoundClass().restriction(),
            report.lowerBound()));
    cards.add(new KeyFigure("gap to it", Numbers.text(report.global().value(), 3)));
    cards.add(KeyFigure.of("optimum, own patterns", report.subsampledObjective()));
    cards.add(KeyFigure.of("stationarity residual", report.stationarityResidual()));
    cards.add(KeyFigure.of("descent residual", report.descentResidual()));
    cards.add(KeyFigure.of("neurons", report.neurons().size()));
    cards.add(KeyFigure.count("minimal width, own patterns", report.minimalWidth()));
    cards.add(KeyFigure.count("optimal set dimension", report.optimalSetDimension()));
    cards.removeIf(card -> card.value().equals(Numbers.NONE));
    return cards;
  }

  private List<String> row(AuditedNeuron neuron) {
    return List.of(
        Integer.toString(neuron.neuron()),
        neuron.kind().label(),
        Numbers.text(neuron.norm()),
        Integer.toString(neuron.tightRows()),
        scaled(neuron.stationarityResidual()),
        scaled(neuron.descentResidual()),
        report.freeNeurons().contains(neuron.neuron()) ? "yes" : "");
  }

  private String scaled(double residual) {
    return Numbers.text(residual / report.lambda(), 3);
  }
}
