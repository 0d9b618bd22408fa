package org.relupath.spark.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.score.PlattScaling;
import org.relupath.core.score.Reliability;
import org.relupath.core.score.RocCurve;
import org.relupath.core.score.Scores;

/**
 * How the scores of some rows are to their labels.
 *
 * @param rows whose scores, as in {@code training rows}
 * @param id of the charts; letters, digits and hyphens
 */
public record ScoreChart(Scores scores, String rows, String id) {
  private static final int BINS = 32;

  /** Points of a curve that are more than pixels. */
  private static final int ROC_POINTS = 200;

  /** Dots that a chart has room for. */
  private static final int MOST = 1500;

  /** Predictions against targets. */
  public Chart predictions() {
    double[] targets = drawn(scores.targets());
    double[] predictions = drawn(scores.predictions());
    double low = Math.max(min(targets), min(predictions));
    double high = Math.min(max(targets), max(predictions));
    return new Chart(
            id,
            "Predictions on " + rows,
            which() + ". On the line a prediction is exact.",
            Chart.Size.HALF,
            Axis.linear("label"),
            Axis.linear("prediction, in units of the label"))
        .dots(rows, targets, predictions, Ink.BLUE, Chart.Symbol.DISC)
        .line(
            "exact",
            new double[] {low, Math.max(low, high)},
            new double[] {low, Math.max(low, high)},
            Ink.TEXT,
            Chart.Stroke.DASHED)
        .legend(List.of());
  }

  /** Residuals against predictions. */
  public Chart residuals() {
    double[] predictions = drawn(scores.predictions());
    double[] targets = drawn(scores.targets());
    double[] residuals =
        IntStream.range(0, targets.length).mapToDouble(i -> targets[i] - predictions[i]).toArray();
    return new Chart(
            id + "-residuals",
            "Residuals on " + rows,
            which()
                + ". Label minus prediction: a trend or a funnel here is structure that the network"
                + " leaves unexplained.",
            Chart.Size.HALF,
            Axis.linear("prediction, in units of the label"),
            Axis.fromZero("residual, in units of the label"))
        .dots(rows, predictions, residuals, Ink.BLUE, Chart.Symbol.DISC);
  }

  /**
   * Scores of the rows of either class.
   *
   * @param threshold scores from here on are the larger label
   * @param labels the two values of the label, smaller first
   */
  public Chart histogram(double threshold, List<String> labels) {
    double low = Math.min(-1, min(scores.predictions()));
    double width = (Math.max(1, max(scores.predictions())) - low) / BINS;
    double[][] counts = new double[2][BINS];
    for (int r = 0; r < scores.rows(); r++) {
      double place = (scores.predictions()[r] - low) / width;
      if (Double.isFinite(place)) {
        counts[scores.targets()[r] < 0 ? 0 : 1][(int) Math.min(BINS - 1, place)]++;
      }
    }
    double[] middles = IntStream.range(0, BINS).mapToDouble(b -> low + (b + 0.5) * width).toArray();
    return new Chart(
            id,
            "Scores of " + rows,
            scores.rows()
                + (" " + rows + " by their true label. At a score of " + Numbers.text(threshold))
                + (" or above (right of the line) the network says " + labels.get(1))
                + (", below it " + labels.get(0) + "."),
            Chart.Size.HALF,
            Axis.linear("score, the network's raw output"),
            Axis.count("rows"))
        .steps("label " + labels.get(0), middles, counts[0], Ink.VERMILLION)
        .steps("label " + labels.get(1), middles, counts[1], Ink.BLUE)
        .vertical(threshold, "threshold");
  }

  /** The receiver operating characteristic; null where all rows are of one class. */
  public Chart roc() {
    RocCurve curve = RocCurve.of(scores, ROC_POINTS);
    if (curve == null) {
      return null;
    }
    double[] x = curve.points().stream().mapToDouble(RocCurve.Point::falsePositives).toArray();
    double[] y = curve.points().stream().mapToDouble(RocCurve.Point::truePositives).toArray();
    double[] ends = {0, 1};
    return new Chart(
            id + "-roc",
            "ROC of " + rows,
            "The area under the curve, "
                + Numbers.text(scores.auc())
                + ", is the share of pairs of rows of both classes that the scores order rightly;"
                + " guessing has the dashed line, and an area of a half.",
            Chart.Size.HALF,
            Axis.percent("false positives, share of the negative rows").within(0, 1),
            Axis.percent("true positives, share of the positive rows").within(0, 1))
        .line("network", x, y, Ink.BLUE, Chart.Stroke.CURVE)
        .line("guessing", ends, ends, Ink.TEXT, Chart.Stroke.DASHED)
        .legend(List.of());
  }

  /** Shares of the larger label in bins of rows by their probability. */
  public Chart calibration(PlattScaling scaling) {
    Reliability reliability = Reliability.of(scores, scaling);
    double[] x = reliability.bins().stream().mapToDouble(Reliability.Bin::probability).toArray();
    double[] y = reliability.bins().stream().mapToDouble(Reliability.Bin::positives).toArray();
    double[] ends = {0, 1};
    return new Chart(
            id + "-calibration",
            "Calibration on " + rows,
            "Rows in bins by predicted probability; on the dashed line what is predicted is what"
                + " happens. Their mean distance is "
                + Numbers.text(reliability.error(), 3)
                + ".",
            Chart.Size.HALF,
            Axis.percent("predicted probability of the larger label").within(0, 1),
            Axis.percent("share of rows that have it").within(0, 1))
        .dotted("network", x, y, Ink.BLUE, Chart.Stroke.CURVE, i -> true)
        .line("exact", ends, ends, Ink.TEXT, Chart.Stroke.DASHED)
        .legend(List.of());
  }

  private int stride() {
    return Math.max(1, (scores.rows() + MOST - 1) / MOST);
  }

  private double[] drawn(double[] values) {
    return IntStream.iterate(0, r -> r < values.length, r -> r + stride())
        .mapToDouble(r -> values[r])
        .toArray();
  }

  private String which() {
    int drawn = (scores.rows() + stride() - 1) / stride();
    return drawn == scores.rows()
        ? "All " + drawn + " " + rows
        : drawn + " of " + scores.rows() + " " + rows + ", one in " + stride();
  }

  private static double min(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
  }

  private static double max(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
  }
}
