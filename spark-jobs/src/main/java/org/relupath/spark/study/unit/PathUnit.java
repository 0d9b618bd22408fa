package org.relupath.spark.study.unit;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Observations;
import org.relupath.core.path.PathPoint;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.Part;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.Json;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.SearchedPath;
import org.relupath.spark.train.program.SolvedPath;

/**
 * One segment of the path on the training rows of one split: what {@code path} does with these
 * rows, measured on its held-out and test rows.
 *
 * @param key data set, model and gate count
 * @param seed what gates are drawn by
 * @param fold which split of the rows
 * @param segment which part of the grid
 */
public record PathUnit(StudyKey key, long seed, int fold, int segment) implements StudyUnit {
  /** For each lambda, per entry of X and gate; measured, roughly. */
  private static final double SECONDS = 2e-9;

  /** For each lambda, per entry of X, where patterns are looked for; measured, roughly. */
  private static final double SEARCH_SECONDS = 3e-6;

  /** How many times longer it takes where blocks have cones; measured, roughly. */
  private static final double CONES = 3;

  /**
   * What came of it.
   *
   * @param trainRows rows it was fitted on
   * @param validRows rows held out
   * @param testRows rows of the final measurement
   * @param columns of X
   * @param patterns distinct activation patterns
   * @param lambdaMax the smallest lambda of the zero network, in the units of the loss scaling
   * @param gatherSeconds that looking for patterns took, beside the solves
   * @param limitReached whether patterns had to be left out
   * @param rows the lambdas of the segment
   * @param tests what their networks do on test rows; empty where there are none
   */
  public record Result(
      int trainRows,
      int validRows,
      int testRows,
      int columns,
      int patterns,
      double lambdaMax,
      double gatherSeconds,
      boolean limitReached,
      List<PathRow> rows,
      List<Metrics> tests) {
    public Result {
      rows = List.copyOf(rows);
      tests = List.copyOf(tests);
    }
  }

  @Override
  public String id() {
    return key + "-s" + seed + "-f" + fold + "-p" + segment;
  }

  @Override
  public String dataSet() {
    return key.dataSet();
  }

  @Override
  public double seconds(StudyGrid grid, StudyData data) {
    double lambdas = 0;
    for (double ratio : grid.segment(grid.ratios(), segment)) {
      lambdas += weight(ratio);
    }
    return lambdas * seconds(key, data);
  }

  /** A guess for one lambda near lambda_max. */
  public static double seconds(StudyKey key, StudyData data) {
    double entries = (double) data.rows().rows() * data.rows().cells().columns();
    if (data.settings().gateSource().adapts()) {
      return SEARCH_SECONDS * entries;
    }
    return SECONDS * entries * key.gates() * (key.model().signs() > 1 ? CONES : 1);
  }

  /** How many times longer a lambda takes, by its share of lambda_max; measured, roughly. */
  static double weight(double ratio) {
    return 1 / Math.sqrt(ratio);
  }

  @Override
  public String solve(StudyData data, StudyGrid grid) {
    Observations all = data.rows();
    TrainingData split = grid.splits().rows(all, fold);
    Program first = Program.ofPart(split.train(), all, key.settings(data, seed), grid.limits());
    double[] lambdas = grid.segment(grid.grid(first), segment);
    SearchedPath solved = SearchedPath.of(first, lambdas, grid.first(segment), grid.limits());
    Program program = solved.program();
    List<PathPoint> points = solved.points();
    SolvedPath path = SolvedPath.of(program, points, grid.limits().tolerance());
    ProgramExporter exporter = new ProgramExporter(program, split);
    LowerBounds bounds = new LowerBounds(program);
    List<PathRow> rows = new ArrayList<>();
    List<Metrics> tests = new ArrayList<>();
    for (int k = 0; k < points.size(); k++) {
      TrainedNetwork network =
          TrainedNetwork.of(
              exporter,
              points.get(k),
              path.status(k),
              bounds,
              solved.evidence() == null ? null : solved.evidence().get(k));
      rows.add(PathRow.of(network, path.certifiedGap(k), null));
      if (split.test() != null) {
        tests.add(exporter.measure(Part.TEST, network.network()));
      }
    }
    return Json.pretty(
        new Result(
            split.train().rows(),
            rows(split.valid()),
            rows(split.test()),
            program.summary().d(),
            program.summary().distinctPatterns(),
            program.summary().lambdaMax() / program.lossScale(),
            program.gathered().seconds().sum(),
            program.gathered().limitReached(),
            rows,
            tests));
  }

  private static int rows(Observations part) {
    return part == null ? 0 : part.rows();
  }
}
