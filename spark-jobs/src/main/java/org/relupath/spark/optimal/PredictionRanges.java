package org.relupath.spark.optimal;

import java.util.Arrays;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.polytope.Range;
import org.relupath.spark.data.EvaluationRows;

/**
 * From where to where the predictions of all optimal networks go, on rows that were not fitted to;
 * on those that were they all agree. In units of the label, less {@code center}.
 *
 * @param own what the solver's network predicts for each of the first rows; not to be changed
 * @param least the least that an optimal network predicts there
 * @param most the largest
 * @param labels of these rows, as the loss has them, two labels as -1 and 1; with the center
 * @param center to be added to predictions
 * @param rows how many rows there are, of which the first were asked
 * @param widest the largest difference of {@code most} and {@code least}
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of rows, never compared as a whole
public record PredictionRanges(
    double[] own,
    double[] least,
    double[] most,
    double[] labels,
    double center,
    int rows,
    double widest)
    implements java.io.Serializable {
  /** At most so many rows are asked: each is two linear programs. */
  private static final int MOST_ASKED = 200;

  /** The ranges on some rows; null where these are null. */
  public static PredictionRanges of(OptimalSet set, EvaluationRows rows) {
    if (rows == null) {
      return null;
    }
    Matrix x = rows.x();
    int asked = Math.min(x.rows(), MOST_ASKED);
    double[] own = new double[asked];
    double[] least = new double[asked];
    double[] most = new double[asked];
    double widest = 0;
    for (int r = 0; r < asked; r++) {
      own[r] = Vectors.dot(set.neurons().responses(x.row(r)), set.anchor());
      least[r] = own[r];
      most[r] = own[r];
      if (set.dimension() > 0) {
        Range range = set.predictionRange(x.row(r));
        widest = Math.max(widest, range.width());
        least[r] = range.min();
        most[r] = range.max();
      }
    }
    Preprocessing preprocessing = rows.preprocessing();
    double[] labels = Arrays.copyOf(preprocessing.mapped(rows.rows().targets()), asked);
    return new PredictionRanges(own, least, most, labels, preprocessing.center(), x.rows(), widest);
  }

  /** How far two optimal networks can be apart on one of some rows; null where these are null. */
  public static Double widest(PredictionRanges ranges) {
    return ranges == null ? null : (Double) ranges.widest;
  }
}
