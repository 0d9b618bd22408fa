package org.relupath.spark.jobs;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.relupath.core.data.Observations;
import org.relupath.core.gates.Seeds;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.Pricer;
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
      List<PathRow> rows) {
    if (data.valid() != null) {
      return smallest(rows.stream().mapToDouble(PathRow::validMse).toArray(), "validMse");
    }
    int folds = Math.min(FOLDS, data.train().rows());
    int[] fold = folds(data.train().rows(), folds, settings.model().seed());
    double[] errors = new double[lambdas.length];
    for (int f = 0; f < folds; f++) {
      addErrors(training, data.train(), settings, lambdas, fold, f, errors);
    }
    return smallest(errors, folds + "-fold cross-validation");
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

  private static void addErrors(
      Training training,
      Observations all,
      RunSettings settings,
      double[] lambdas,
      int[] fold,
      int f,
      double[] errors) {
    int n = all.rows();
    Observations inside = all.select(IntStream.range(0, n).filter(r -> fold[r] != f).toArray());
    Observations outside = all.select(IntStream.range(0, n).filter(r -> fold[r] == f).toArray());
    Training own = training.on(inside);
    // A sum over fewer rows takes a smaller lambda to weigh the same.
    double share = (double) inside.rows() / n;
    double[] scaled =
        IntStream.range(0, lambdas.length).mapToDouble(k -> share * lambdas[k]).toArray();
    Settings limits = settings.solver().limits();
    List<PathPoint> path =
        new PathSolver(
                own.program().problem(),
                new Pricer(own.program()),
                new Settings(
                    Math.max(TOLERANCE, limits.tolerance()),
                    limits.maxIterations(),
                    limits.timeLimitSeconds()))
            .solve(scaled, 0, point -> {});
    for (int k = 0; k < errors.length; k++) {
      Metrics metrics = own.measure(own.network(path.get(k).solution().weights()), outside);
      errors[k] += metrics.mse() * outside.rows() / n;
    }
  }

  private static Choice smallest(double[] errors, String by) {
    int best = 0;
    for (int k = 1; k < errors.length; k++) {
      best = errors[k] < errors[best] ? k : best;
    }
    return new Choice(best, by, errors[best]);
  }
}
