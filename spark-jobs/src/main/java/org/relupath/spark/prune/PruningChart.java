package org.relupath.spark.prune;

import java.awt.Color;
import java.awt.Stroke;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.data.Range;
import org.relupath.spark.optimal.Measure;
import org.relupath.spark.optimal.NetworkMetrics;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Markers;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/**
 * A number of pruned networks against their width, a line a method, for one correction.
 *
 * @param found the pruning
 * @param lines of it
 * @param correction whose lines are drawn
 * @param id of the figure
 * @param heading of the figure
 * @param upName of the vertical axis
 * @param scale of the vertical axis
 * @param range of the vertical axis, the same for all corrections
 * @param height of a network, in positions of the axis
 */
record PruningChart(
    PruningResult found,
    List<PruningLine> lines,
    String correction,
    String id,
    String heading,
    String upName,
    Scale scale,
    Range range,
    ToDoubleFunction<PruningRow> height) {

  private static final List<Color> COLORS =
      List.of(Theme.BLUE, Theme.VERMILLION, Theme.GREEN, Theme.ORANGE, Theme.PURPLE, Theme.SKY);
  private static final List<Stroke> STROKES =
      List.of(Theme.CURVE, Theme.DASHED, Theme.CURVE, Theme.CURVE, Theme.DOTTED, Theme.DASHED);

  /** All charts: objectives first, then every measure; corrections side by side. */
  static List<Figure> of(PruningResult found, List<PruningLine> lines) {
    List<Figure> figures = new ArrayList<>();
    double optimum = found.polished().objective();
    double unit = optimum > 0 ? optimum : 1;
    ToDoubleFunction<PruningRow> objective = point -> Math.log10(point.objective() / unit);
    add(
        figures,
        found,
        lines,
        "objective",
        "Objective",
        optimum > 0 ? "objective / optimum, log scale" : "objective, log scale",
        Scale.LOG,
        objective);
    List<NetworkMetrics> all = found.rows().stream().map(PruningRow::metrics).toList();
    for (Measure measure : Measure.known(all)) {
      String id = measure.label().replace(' ', '-');
      String heading =
          measure.label().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
              + measure.label().substring(1);
      boolean share = measure.share();
      add(
          figures,
          found,
          lines,
          id,
          heading,
          share ? "share of rows with the right label" : "mean squared error, log scale",
          share ? Scale.PERCENT : Scale.LOG,
          point -> {
            double value = measure.of(point.metrics());
            return share ? value : Math.log10(value);
          });
    }
    return figures;
  }

  private static void add(
      List<Figure> figures,
      PruningResult found,
      List<PruningLine> lines,
      String id,
      String heading,
      String upName,
      Scale scale,
      ToDoubleFunction<PruningRow> height) {
    Span span = new Span();
    found.rows().forEach(point -> span.with(height.applyAsDouble(point)));
    Range range = span.range(0.04, 0.12);
    List<String> corrections = lines.stream().map(PruningLine::correction).distinct().toList();
    for (int i = 0; i < corrections.size(); i++) {
      figures.add(
          new PruningChart(
                  found,
                  lines,
                  corrections.get(i),
                  id + "-" + i,
                  heading,
                  upName,
                  scale,
                  range,
                  height)
              .figure());
    }
  }

  private Figure figure() {
    return Figure.draw(
        id,
        heading + ", correction: " + correction,
        "Against the width of the network, a line a method. The dashed line is the exact minimal"
            + " network; to its left no network"
            + (found.least().provenSmallest() ? " is optimal." : " found is optimal."),
        Figure.Size.HALF,
        this::draw);
  }

  private JFreeChart draw() {
    Span span = new Span().with(0, Math.max(1, found.minimalWidth()));
    found.rows().forEach(point -> span.with(point.neurons()));
    Range widths = span.range(0.02, 0.03);
    ScaledAxis across = new ScaledAxis(Scale.COUNT, widths);
    across.setLabel("neurons");
    Curves curves = new Curves(across, new ScaledAxis(scale, range));
    List<String> methods = lines.stream().map(PruningLine::method).distinct().toList();
    for (PruningLine line : lines) {
      if (line.correction().equals(correction)) {
        int place = methods.indexOf(line.method());
        curves.line(
            line.method(),
            line.points().stream().mapToDouble(PruningRow::neurons).toArray(),
            line.points().stream().mapToDouble(height).toArray(),
            COLORS.get(place % COLORS.size()),
            STROKES.get(place % STROKES.size()));
      }
    }
    String label = "minimal: " + found.minimalWidth();
    curves.plot().addDomainMarker(Markers.across(found.minimalWidth(), label, widths, false));
    return curves.chart(upName, true);
  }
}
