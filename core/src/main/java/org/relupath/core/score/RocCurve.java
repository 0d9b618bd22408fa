package org.relupath.core.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic: for every threshold the share of the negative rows that
 * are called positive, and that of the positive ones that are; from (0, 0) to (1, 1). The area
 * under straight lines between all points is {@link Scores#auc}.
 *
 * @param points largest threshold first
 */
public record RocCurve(List<Point> points) {
  /**
   * A threshold.
   *
   * @param falsePositives share of the negative rows with a score from the threshold on
   * @param truePositives share of the positive rows
   */
  public record Point(double falsePositives, double truePositives) {}

  /** Keeps the points. */
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of some rows; null where all are of one class, or a score is not a number.
   *
   * @param most points that are kept, evenly, at least 2
   */
  public static RocCurve of(Scores scores, int most) {
    if (scores.auc() == null) {
      return null;
    }
    int[] order = scores.order();
    List<Point> all = new ArrayList<>(List.of(new Point(0, 0)));
    double positives = 0;
    double negatives = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      int r = order[i];
      positives += scores.positive(r) ? scores.weight(r) : 0;
      negatives += scores.positive(r) ? 0 : scores.weight(r);
      if (i == 0 || scores.predictions()[order[i - 1]] < scores.predictions()[r]) {
        all.add(new Point(negatives, positives));
      }
    }
    double allNegatives = negatives;
    double allPositives = positives;
    List<Point> kept = new ArrayList<>();
    int count = Math.min(most, all.size());
    for (int i = 0; i < count; i++) {
      Point point = all.get((int) Math.round((double) i * (all.size() - 1) / (count - 1)));
      kept.add(
          new Point(point.falsePositives() / allNegatives, point.truePositives() / allPositives));
    }
    return new RocCurve(kept);
  }
}
