package org.relupath.spark.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.relupath.core.data.Observations;
import org.relupath.core.gates.Seeds;
import org.relupath.core.path.PathPoint;
import org.relupath.core.solve.Settings;

/**
 * Which lambda of a path is the best: the one of smallest held-out error, the larger lambda of two
 * equal ones.
 *
 * @param index its position in the path
 * @param by how it was chosen
 * @param mse the error it was chosen by
 */
record Choice(int index, String by, double mse) {
  private static final int FOLDS = 5;

  /** What cross-validation is worth solving to: errors differ by far more. */
  private static final double TOLERANCE = 1e-4;

  static Choice of(
      Training training,
      TrainingData data,
      RunSettings settings,
      double[] lambdas,
      List<PathRow> rows,
      Solving solving) {
    if (data.valid() != null) {
      return smallest(rows.stream().mapToDouble(PathRow::validMse).toArray(), "validMse");
    }
    return crossValidated(training, data.train(), settings, lambdas, solving);
  }

  private static Choice crossValidated(
      Training training,
      Observations all,
      RunSettings settings,
      double[] lambdas,
      Solving solving) {
    int n = all.rows();
    int folds = Math.min(FOLDS, n);
    int[] fold = folds(n, folds, settings.model().seed());
    List<Training> trainings = new ArrayList<>();
    List<Observations> heldOut = new ArrayList<>();
    List<double[]> grids = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      int own = f;
      Observations inside = all.select(IntStream.range(0, n).filter(r -> fold[r] != own).toArray());
      heldOut.add(all.select(IntStream.range(0, n).filter(r -> fold[r] == own).toArray()));
      trainings.add(training.on(inside));
      // A sum over fewer rows takes a smaller lambda to weigh the same.
      double share = (double) inside.rows() / n;
      grids.add(Arrays.stream(lambdas).map(lambda -> share * lambda).toArray());
    }
    Settings limits = settings.solver().limits();
    String by = folds + "-fold cross-validation";
    List<List<PathPoint>> paths =
        solving.paths(
            trainings, grids, limits.withTolerance(Math.max(TOLERANCE, limits.tolerance())), by);
    double[] errors = new double[lambdas.length];
    for (int f = 0; f < folds; f++) {
      Observations outside = heldOut.get(f);
      for (PathPoint point : paths.get(f)) {
        Training own = trainings.get(f);
        Metrics metrics = own.measure(own.network(point.solution().weights()), outside);
        errors[point.index()] += metrics.mse() * outside.rows() / n;
      }
    }
    return smallest(errors, by);
  }

  /** Fold numbers of the rows, as equal in size as can be. */
  private static int[] folds(int rows, int folds, long seed) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "folds", rows));
    int[] fold = IntStream.range(0, rows).map(r -> r % folds).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = fold[i];
      fold[i] = fold[j];
      fold[j] = swapped;
    }
    return fold;
  }

  /** The smallest of some errors, the first of equal ones. */
  static Choice smallest(double[] errors, String by) {
    int best = 0;
    for (int k = 1; k < errors.length; k++) {
      best = errors[k] < errors[best] ? k : best;
    }
    return new Choice(best, by, errors[best]);
  }
}
