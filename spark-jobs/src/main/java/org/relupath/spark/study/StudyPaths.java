package org.relupath.spark.study;

import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.result.PathRow;

/**
 * The repetitions of one key of a study: a whole path for every seed and fold.
 *
 * @param key what they are repetitions of
 * @param grid what all paths have in common
 * @param paths seeds in the order of the settings, inside them folds
 */
public record StudyPaths(StudyKey key, StudyGrid grid, List<One> paths) {

  public StudyPaths {
    paths = List.copyOf(paths);
  }

  /**
   * One repetition.
   *
   * @param seed what gates were drawn by
   * @param fold which rows were held out
   * @param rows a lambda each, largest first
   */
  record One(long seed, int fold, List<PathRow> rows) {
    One {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Puts segments together.
   *
   * @param units all units of the study, in order
   * @param results what came of each
   */
  public static List<StudyPaths> of(
      StudyGrid grid, List<PathUnit> units, List<PathUnit.Result> results) {
    List<StudyPaths> all = new ArrayList<>();
    List<One> paths = new ArrayList<>();
    List<PathRow> rows = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      PathUnit unit = units.get(i);
      PathUnit next = i + 1 < units.size() ? units.get(i + 1) : null;
      rows.addAll(results.get(i).rows());
      if (next == null || next.segment() == 0) {
        paths.add(new One(unit.seed(), unit.fold(), rows));
        rows = new ArrayList<>();
      }
      if (next == null || !next.key().equals(unit.key())) {
        all.add(new StudyPaths(unit.key(), grid, paths));
        paths = new ArrayList<>();
      }
    }
    return all;
  }

  /** How many lambdas each path has. */
  int lambdas() {
    return grid.lambdas();
  }

  /** A figure of all repetitions at one lambda; empty where it was not computed. */
  double[] values(StudyMeasure measure, int index) {
    return paths.stream()
        .map(path -> measure.of(path.rows().get(index)))
        .filter(java.util.Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * The standard error of a figure's mean over folds, each fold's own being the mean over seeds:
   * seeds of one fold share their rows, and are no independent evidence.
   */
  double standardError(StudyMeasure measure, int index) {
    int folds = grid.folds();
    double[] means = new double[folds];
    int seeds = paths.size() / folds;
    for (One path : paths) {
      means[path.fold()] += measure.of(path.rows().get(index)) / seeds;
    }
    double mean = Aggregate.mean(means);
    double squares = 0;
    for (double one : means) {
      squares += (one - mean) * (one - mean);
    }
    return Math.sqrt(squares / (folds - 1) / folds);
  }
}
