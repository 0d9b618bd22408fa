package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.train.GlobalGap;
import org.relupath.spark.train.NetworkClass;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.SolvedPath;

/** Made-up reports with the shapes that real ones have. */
public final class PathSamples {
  static final double TOLERANCE = 1e-8;

  private PathSamples() {}

  /** A path of lambdas 100, 80, ... with the given number of blocks active at the end. */
  static PathPage path(int lambdas, int blocks) {
    List<PathRow> rows = new ArrayList<>();
    List<PathPoint> points = new ArrayList<>();
    for (int i = 0; i < lambdas; i++) {
      int active = lambdas == 1 ? blocks : blocks * i / (lambdas - 1);
      rows.add(row(100 * Math.pow(0.8, i), active, i % 3 != 1));
      List<Block> all = new ArrayList<>();
      double[] norms = new double[active];
      for (int b = 0; b < active; b++) {
        all.add(block(7 * b, b % 2 == 0 ? 1 : -1));
        norms[b] = (i + 1.0) / (b + 1);
      }
      points.add(point(i, new BlockWeights(all, 1, norms)));
    }
    return path(rows, points);
  }

  /** A path of given rows and weights, the last one chosen. */
  static PathPage path(List<PathRow> rows, List<PathPoint> points) {
    return new PathPage(
        "sonar",
        figures(),
        LossScaling.SUM,
        SolvedPath.ofGrid(points, TOLERANCE),
        global(0.3),
        rows,
        new LambdaSelection(rows.size() - 1, "hand", 0, true),
        rows.stream().map(row -> network(row.neurons())).toList(),
        new NeuronCards(network(3), null),
        List.of(),
        null);
  }

  /** A network of three features, of which the last is never used. */
  static Network network(int neurons) {
    double[] hidden = new double[3 * neurons];
    double[] output = new double[neurons];
    for (int j = 0; j < neurons; j++) {
      hidden[3 * j + j % 2] = 1 + j;
      output[j] = j % 2 == 0 ? 1 : -1;
    }
    return new Network(
        Model.RELU,
        List.of("radius", "texture", "never"),
        new Matrix(neurons, 3, hidden),
        new double[neurons],
        output,
        0,
        new double[0],
        Matrix.zeros(0, 0),
        new double[0],
        null);
  }

  /** A block of one pattern. */
  static Block block(int id, int sign) {
    return new Block(id, 0, sign, new long[0]);
  }

  /** Weights at a place of a path, without a proof. */
  static PathPoint point(int index, BlockWeights weights) {
    Certificate none = new Certificate(1, 0, 0, 0, 0, 0, 0, 1, 0, 0);
    return new PathPoint(
        index, 1.0 / (index + 1), new Solution(weights, none, Status.OPTIMAL, 0, 0, 0), true);
  }

  /** A gap to all networks with biases. */
  static GlobalGap global(double gap) {
    return new GlobalGap(gap, new NetworkClass(Model.RELU, true, "standardised"), "norm");
  }

  public static List<KeyFigure> figures() {
    return List.of(
        new KeyFigure("data set", "sonar.csv"), KeyFigure.of("n", 208), KeyFigure.of("gates", 500));
  }

  /** A lambda with every metric. */
  static PathRow row(double lambda, int blocks, boolean solved) {
    return row(lambda, blocks, solved, false);
  }

  /** A lambda, without what held-out rows and two-valued labels give where it is bare. */
  static PathRow row(double lambda, int blocks, boolean solved, boolean bare) {
    double loss = 50 * lambda / (lambda + 10);
    double penalty = lambda * blocks / 100;
    double objective = loss + penalty;
    double gap = blocks == 0 ? 0 : 3e-9;
    return new PathRow(
        0,
        lambda,
        lambda / 100,
        objective,
        loss,
        penalty,
        gap,
        blocks,
        blocks,
        null,
        null,
        null,
        loss / 100,
        bare ? null : (Double) 0.9,
        bare ? null : (Double) (loss / 90),
        bare ? null : (Double) 0.8,
        7,
        0.5,
        Status.OPTIMAL,
        solved,
        null,
        objective * (1 - gap),
        0,
        0,
        null,
        null,
        objective,
        null);
  }

  /** A fit of n rows; two-valued where labels are given. */
  static FitPage fit(int neurons, int n, List<String> labels) {
    List<Block> blocks = new ArrayList<>();
    double[] norms = new double[neurons];
    for (int j = 0; j < neurons; j++) {
      blocks.add(block(j, j % 3 == 0 ? -1 : 1));
      norms[j] = 1.0 / (j + 1);
    }
    return new FitPage(
        "sonar",
        figures(),
        TOLERANCE,
        global(0.3),
        row(12.5, neurons, true, labels.isEmpty()),
        new BlockWeights(blocks, 1, norms),
        labels,
        scores(n, labels.isEmpty()),
        labels.isEmpty() ? null : scores(n / 2, false),
        null,
        new NeuronCards(network(neurons), null),
        List.of(),
        null);
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
