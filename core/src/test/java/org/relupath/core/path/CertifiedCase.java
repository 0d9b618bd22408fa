package org.relupath.core.path;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.CsvTable;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;

/** A data set and a model whose whole path is certified. */
record CertifiedCase(Instance data, Model model) {

  /** More rows and gates of the same, so that paths are as long as those of the benchmark. */
  static Stream<CertifiedCase> large() {
    return Stream.of(
            breastCancer(150, 60),
            oracle("diab-P60-s1", 442, 60),
            oracle("dig-P50-s3", 357, 50),
            teacher(300, 10, 60, 7))
        .flatMap(CertifiedCase::both);
  }

  /** The data sets of the benchmark in small, with both models. */
  static Stream<CertifiedCase> all() {
    return Stream.of(
            breastCancer(60, 6),
            oracle("diab-P60-s1", 120, 12),
            oracle("dig-P50-s3", 80, 6),
            teacher(120, 5, 12, 7))
        .flatMap(CertifiedCase::both);
  }

  static Stream<CertifiedCase> both(Instance data) {
    return Arrays.stream(Model.values()).map(model -> new CertifiedCase(data, model));
  }

  /**
   * The first rows of Breast Cancer Wisconsin (Diagnostic), Wolberg, Mangasarian, Street and
   * Street, UCI Machine Learning Repository, 1993, CC BY 4.0; standardised, ones last.
   */
  static Instance breastCancer(int n, int gates) {
    double[][] table = Arrays.copyOf(CsvTable.read("/data/breast-cancer-150.csv.gz", true), n);
    double[][] raw = CsvTable.withoutLastColumn(table);
    double[] labels = CsvTable.lastColumn(table);
    List<String> names =
        java.util.stream.IntStream.range(0, raw[0].length).mapToObj(k -> "x" + k).toList();
    Observations rows = new Observations(names, Matrix.ofRows(raw), labels);
    Preprocessing preprocessing = Preprocessing.fit(rows, Preprocessing.Options.DEFAULT);
    Matrix x = preprocessing.design(rows.features());
    double[][] design = new double[n][];
    Arrays.setAll(design, x::row);
    return new Instance(
        "breast cancer, gates of seed 3",
        design,
        preprocessing.targets(labels),
        Instance.gaussian(new Random(3), gates, x.columns()));
  }

  /** The first rows and gates of an oracle's data set. */
  private static Instance oracle(String name, int n, int gates) {
    double[][] table = CsvTable.read("/oracle/" + name + "/data.csv.gz", true);
    return new Instance(
        name,
        Arrays.copyOf(CsvTable.withoutLastColumn(table), n),
        Arrays.copyOf(CsvTable.lastColumn(table), n),
        Arrays.copyOf(CsvTable.read("/oracle/" + name + "/gates.csv", false), gates));
  }

  /** Gaussian rows, the sum of three ReLU neurons and noise. */
  static Instance teacher(int n, int d, int gates, long seed) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, n, d);
    double[][] neurons = Instance.gaussian(random, 3, d);
    double[] y = new double[n];
    for (int r = 0; r < n; r++) {
      for (double[] w : neurons) {
        y[r] += Math.max(0, Dense.dot(x[r], w));
      }
      y[r] += 0.3 * random.nextGaussian();
    }
    return new Instance("teacher seed " + seed, x, y, Instance.gaussian(random, gates, d));
  }

  double zeroObjective() {
    return 0.5 * Dense.dot(data.y(), data.y());
  }

  double lambdaMax() {
    return data.lambdaMax(model);
  }

  CertifiedPath path(double epsilon, double minRatio) {
    return path(epsilon, minRatio, lambdaMax(), Settings.to(0.5));
  }

  CertifiedPath path(double epsilon, double minRatio, double lambdaMax, Settings settings) {
    ConvexProgram program = data.program(model);
    Solver solver = new Solver(program.problem(), new Pricer(program));
    return new CertifiedPathSolver(program.problem(), solver, settings, epsilon)
        .solve(lambdaMax, minRatio, point -> {});
  }

  @Override
  public String toString() {
    return data + " " + model;
  }
}
