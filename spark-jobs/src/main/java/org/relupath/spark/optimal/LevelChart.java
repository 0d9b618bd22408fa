package org.relupath.spark.optimal;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.data.Range;
import org.relupath.core.optimalset.Membership;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Dots;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** The spectrum ||v_b|| / lambda of the blocks: which of them may be active, and how clearly. */
final class LevelChart {
  /** So many blocks, those of largest ratio, are all drawn; of the rest about half as many. */
  private static final int MOST = 300;

  /** Where distances are drawn that rounding made smaller still, or 0. */
  private static final int FLOOR = -16;

  private final OptimalSetResult found;
  private final List<BlockRatio> levels;

  private LevelChart(OptimalSetResult found) {
    this.found = found;
    this.levels =
        found.ratios().stream()
            .sorted(Comparator.comparingDouble((BlockRatio level) -> -level.ratio()))
            .toList();
  }

  /** The spectrum, and the distance of each block from the bound. */
  static List<Figure> of(OptimalSetResult found) {
    LevelChart chart = new LevelChart(found);
    return List.of(
        Figure.draw(
            "spectrum", "Spectrum", chart.spectrum(), Figure.Size.HALF, chart::drawSpectrum),
        Figure.draw(
            "distances",
            "Distance from the bound",
            "|1 − q_b| of the same blocks. The wider the gap between blocks at the bound and the next,"
                + " the surer the count of those that may be active. Distances below 1e-16 are drawn"
                + " there.",
            Figure.Size.HALF,
            chart::drawDistances));
  }

  private String spectrum() {
    long bounds = found.ratios().stream().filter(level -> !level.exact()).count();
    int all = found.ratios().size();
    return "q_b = ‖v_b‖ / λ of "
        + (stride() == 1
            ? "all " + all + " blocks"
            : all + " blocks, one of " + stride() + " beyond the first " + MOST)
        + ", largest first: 1 for the "
        + count(Membership.YES)
        + " that may be active, below 1 for those that are zero in every optimal network"
        + (count(Membership.UNDECIDED) == 0
            ? ""
            : "; " + count(Membership.UNDECIDED) + " undecided")
        + (bounds == 0 ? "." : ". " + bounds + " are upper bounds, which is enough for that.");
  }

  private long count(Membership member) {
    return found.ratios().stream().filter(level -> level.membership() == member).count();
  }

  private int stride() {
    return Math.max(1, (levels.size() - MOST + MOST / 2 - 1) / (MOST / 2));
  }

  private JFreeChart drawSpectrum() {
    Span span = new Span().with(0, 1);
    levels.forEach(level -> span.with(level.ratio()));
    return draw(Scale.LINEAR, span.range(0.02, 0.06), BlockRatio::ratio, "q_b = ‖v_b‖ / λ");
  }

  private JFreeChart drawDistances() {
    Span span = new Span().with(FLOOR, 0);
    levels.forEach(level -> span.with(distance(level)));
    return draw(Scale.LOG, span.range(0.04, 0.04), LevelChart::distance, "|1 − q_b|, log scale");
  }

  private static double distance(BlockRatio level) {
    return Math.max(FLOOR, Math.log10(Math.abs(1 - level.ratio())));
  }

  private JFreeChart draw(
      Scale scale, Range range, ToDoubleFunction<BlockRatio> height, String upName) {
    ScaledAxis across =
        new ScaledAxis(Scale.COUNT, new Range(0, 1.04 * Math.max(levels.size(), 1) + 1));
    across.setLabel("rank of the block");
    Curves curves = new Curves(across, new ScaledAxis(scale, range));
    dots(curves, "may be active", Membership.YES, height, Dots.DISC);
    dots(curves, "undecided", Membership.UNDECIDED, height, Dots.DIAMOND);
    dots(curves, "never active", Membership.NO, height, Dots.DISC);
    return curves.chart(upName, !levels.isEmpty());
  }

  private void dots(
      Curves curves,
      String name,
      Membership member,
      ToDoubleFunction<BlockRatio> height,
      Dots dots) {
    int[] places =
        IntStream.range(0, levels.size())
            .filter(i -> i < MOST || (i - MOST) % stride() == 0)
            .filter(i -> levels.get(i).membership() == member)
            .toArray();
    if (places.length > 0) {
      java.awt.Color color =
          member == Membership.YES
              ? Theme.BLUE
              : member == Membership.NO ? Theme.MUTED : Theme.VERMILLION;
      curves.dots(
          name,
          IntStream.of(places).mapToDouble(i -> i + 1).toArray(),
          IntStream.of(places).mapToDouble(i -> height.applyAsDouble(levels.get(i))).toArray(),
          color,
          dots,
          member != Membership.NO);
    }
  }
}
