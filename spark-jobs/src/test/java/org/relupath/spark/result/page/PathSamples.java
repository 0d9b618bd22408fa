package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Scores;
import org.relupath.spark.train.GlobalGap;
import org.relupath.spark.train.NetworkClass;

/** Made-up reports with the shapes that real ones have. */
public final class PathSamples {
  static final double TOLERANCE = 1e-8;

  private PathSamples() {}

  /** A path of lambdas 100, 80, ... with the given number of blocks active at the end. */
  static PathReport path(int lambdas, int blocks) {
    List<PathPoint> points = new ArrayList<>();
    List<BlockNorm> norms = new ArrayList<>();
    for (int i = 0; i < lambdas; i++) {
      int active = lambdas == 1 ? blocks : blocks * i / (lambdas - 1);
      points.add(point(100 * Math.pow(0.8, i), active, i % 3 != 1));
      for (int b = 0; b < active; b++) {
        norms.add(new BlockNorm(i, 7 * b, b % 2 == 0 ? 1 : -1, (i + 1.0) / (b + 1)));
      }
    }
    return path(points, norms);
  }

  /** A path of given points, the last one chosen. */
  static PathReport path(List<PathPoint> points, List<BlockNorm> norms) {
    return new PathReport(
        "sonar",
        figures(),
        Model.RELU,
        false,
        TOLERANCE,
        global(0.3),
        points,
        points.size() - 1,
        "hand",
        norms);
  }

  /** A gap to all networks with biases. */
  static GlobalGap global(double gap) {
    return new GlobalGap(gap, new NetworkClass(Model.RELU, true, "standardised"), "norm");
  }

  public static List<KeyFigure> figures() {
    return List.of(
        new KeyFigure("data set", "sonar.csv"), KeyFigure.of("n", 208), KeyFigure.of("gates", 500));
  }

  /** A point with every metric. */
  static PathPoint point(double lambda, int blocks, boolean solved) {
    double loss = 50 * lambda / (lambda + 10);
    double penalty = lambda * blocks / 100;
    double objective = loss + penalty;
    double gap = blocks == 0 ? 0 : 3e-9;
    return new PathPoint(
        lambda,
        objective,
        loss,
        penalty,
        gap,
        objective * (1 - gap),
        solved,
        blocks,
        blocks,
        loss / 100,
        loss / 90,
        0.9,
        0.8);
  }

  /** The same without what held-out rows and two-valued labels give. */
  static PathPoint bare(PathPoint point) {
    return new PathPoint(
        point.lambda(),
        point.objective(),
        point.loss(),
        point.penalty(),
        point.relativeGap(),
        point.dualObjective(),
        point.solved(),
        point.activeBlocks(),
        point.neurons(),
        point.trainMse(),
        null,
        null,
        null);
  }

  /** A fit of n rows; two-valued where labels are given. */
  static FitReport fit(int neurons, int n, List<String> labels) {
    List<Neuron> all = new ArrayList<>();
    for (int j = 0; j < neurons; j++) {
      all.add(new Neuron(j, j % 3 == 0 ? -1 : 1, 1.0 / (j + 1)));
    }
    PathPoint point = point(12.5, neurons, true);
    return new FitReport(
        "sonar",
        figures(),
        Model.RELU,
        true,
        TOLERANCE,
        global(0.3),
        labels.isEmpty() ? bare(point) : point,
        all,
        labels,
        scores(n, labels.isEmpty()),
        labels.isEmpty() ? null : scores(n / 2, false));
  }

  private static Scores scores(int n, boolean numbers) {
    double[] targets = new double[n];
    double[] predictions = new double[n];
    for (int r = 0; r < n; r++) {
      targets[r] = numbers ? r : r % 2 == 0 ? 1 : -1;
      predictions[r] = targets[r] + Math.sin(r);
    }
    return new Scores(targets, predictions);
  }
}
