package org.relupath.spark.study.page;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;

/**
 * Means with their middle halves against lambda / lambda_max, a colour a curve; discs mark the best
 * lambda of each, rings the largest that is as good within one standard error.
 *
 * @param curves those of one data set
 * @param band which figure of theirs
 * @param up what its numbers mean
 */
record BandChart(List<StudyCurve> curves, Function<StudyCurve, Band> band, Axis up) {

  /** Whether there is anything to draw. */
  boolean known() {
    return curves.stream().map(band).anyMatch(Objects::nonNull);
  }

  /** The chart with its words. */
  Chart chart(String id, String heading, Chart.Size size) {
    Chart chart =
        new Chart(
            id,
            heading,
            "Means (lines) and middle halves (bands) over splits and seeds. Discs: smallest held-out"
                + " error; rings: the largest λ within one standard error of it.",
            size,
            Axis.lambda("λ / λ_max"),
            up);
    for (int i = 0; i < curves.size(); i++) {
      add(chart, curves.get(i), Ink.of(i), Ink.repeats(i));
    }
    return chart.followsLambda();
  }

  private void add(Chart chart, StudyCurve curve, Ink ink, boolean repeats) {
    Band own = band.apply(curve);
    if (own == null) {
      return;
    }
    double[] x = curve.ratios();
    // A curve is dotted at two places of its grid alone: at the others there is nothing to draw.
    double[] chosen =
        IntStream.range(0, x.length)
            .mapToDouble(k -> k == curve.best() || k == curve.sparse() ? own.mean()[k] : Double.NaN)
            .toArray();
    band(chart, curve.name(), x, own, ink)
        .line(curve.name(), x, own.mean(), ink, repeats ? Chart.Stroke.DASHED : Chart.Stroke.CURVE)
        .dotted(curve.name(), x, chosen, ink, Chart.Stroke.NONE, k -> k == curve.best());
  }

  /** A band where it is wider than a line; below 0 a logarithmic axis has no place. */
  static Chart band(Chart chart, String name, double[] x, Band own, Ink ink) {
    boolean wide = IntStream.range(0, x.length).anyMatch(k -> own.high()[k] > own.low()[k]);
    return wide ? chart.band(name, x, own.low(), own.high(), ink) : chart;
  }

  /** The axis of errors: logarithmic where they are positive and far apart. */
  static Axis errors(List<StudyCurve> curves, Function<StudyCurve, Band> band) {
    double[] all =
        curves.stream()
            .map(band)
            .filter(Objects::nonNull)
            .flatMapToDouble(
                own -> DoubleStream.concat(Arrays.stream(own.low()), Arrays.stream(own.mean())))
            .filter(Double::isFinite)
            .toArray();
    return Axis.spread("mean squared error", all);
  }
}
