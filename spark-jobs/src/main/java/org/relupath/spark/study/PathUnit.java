package org.relupath.spark.study;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Observations;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.spark.data.Folds;
import org.relupath.spark.data.HoldOut;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.Json;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.SolvedPath;

/**
 * One segment of the path on the training rows of one fold: what {@code path} does with these rows,
 * measured on the fold's held-out rows.
 *
 * @param key data set, model and gate count
 * @param seed what gates are drawn by
 * @param fold which rows are held out
 * @param segment which part of the grid
 */
public record PathUnit(StudyKey key, long seed, int fold, int segment) implements StudyUnit {
  /** For each lambda, per entry of X and gate; measured, roughly. */
  private static final double SECONDS = 2e-9;

  /** How many times longer it takes where blocks have cones; measured, roughly. */
  private static final double CONES = 3;

  /**
   * What came of it.
   *
   * @param trainRows rows it was fitted on
   * @param validRows rows held out
   * @param columns of X
   * @param patterns distinct activation patterns
   * @param lambdaMax the smallest lambda of the zero network, in the units of the loss scaling
   * @param rows the lambdas of the segment
   */
  public record Result(
      int trainRows,
      int validRows,
      int columns,
      int patterns,
      double lambdaMax,
      List<PathRow> rows) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /** All units of a study, in the order of its files. */
  public static List<PathUnit> all(StudySettings settings) {
    List<PathUnit> units = new ArrayList<>();
    for (StudyKey key : settings.keys()) {
      for (long seed : settings.seeds()) {
        for (int fold = 0; fold < settings.grid().folds(); fold++) {
          for (int segment = 0; segment < settings.grid().segments(); segment++) {
            units.add(new PathUnit(key, seed, fold, segment));
          }
        }
      }
    }
    return units;
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
  static double seconds(StudyKey key, StudyData data) {
    double entries = (double) data.rows().rows() * data.rows().features().columns();
    return SECONDS * entries * key.gates() * (key.model().signs() > 1 ? CONES : 1);
  }

  /** How many times longer a lambda takes, by its share of lambda_max; measured, roughly. */
  static double weight(double ratio) {
    return 1 / Math.sqrt(ratio);
  }

  @Override
  public String solve(StudyData data, StudyGrid grid) {
    Observations all = data.rows();
    HoldOut split = Folds.draw(all.rows(), grid.folds(), grid.foldSeed()).split(fold);
    Observations train = all.select(split.train());
    Observations valid = all.select(split.heldOut());
    Program program = Program.ofPart(train, all, key.settings(data.settings(), seed));
    ConvexProgram convex = program.convex();
    List<PathPoint> points =
        new PathSolver(convex.problem(), new Pricer(convex), grid.limits())
            .solve(grid.segment(grid.grid(program), segment), grid.first(segment), point -> {});
    SolvedPath path = SolvedPath.of(program, points, grid.limits().tolerance());
    ProgramExporter exporter =
        new ProgramExporter(program, new TrainingData(all, train, valid, null));
    LowerBounds bounds = new LowerBounds(program);
    List<PathRow> rows = new ArrayList<>();
    for (int k = 0; k < points.size(); k++) {
      TrainedNetwork network =
          TrainedNetwork.of(exporter, points.get(k), path.status(k), bounds, null);
      rows.add(PathRow.of(network, path.certifiedGap(k), null));
    }
    return Json.pretty(
        new Result(
            train.rows(),
            valid.rows(),
            convex.problem().d(),
            convex.patterns().count(),
            program.summary().lambdaMax() / program.lossScale(),
            rows));
  }
}
