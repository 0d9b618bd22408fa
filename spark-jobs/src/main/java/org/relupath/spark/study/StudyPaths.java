package org.relupath.spark.study;

import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.study.unit.PathUnit;
import org.relupath.spark.study.unit.StudyGrid;
import org.relupath.spark.study.unit.StudyKey;

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
   * @param fold which split of the rows
   * @param rows a lambda each, largest first
   * @param tests what their networks do on test rows; empty where there are none
   */
  record One(long seed, int fold, List<PathRow> rows, List<Metrics> tests) {
    One {
      rows = List.copyOf(rows);
      tests = List.copyOf(tests);
    }

    /** On test rows, at one lambda; null where there are none. */
    Metrics test(int index) {
      return tests.isEmpty() ? null : tests.get(index);
    }

    /** A figure at one lambda; null where it was not computed. */
    Double value(StudyMeasure measure, int index) {
      return measure.of(rows.get(index), test(index));
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
    List<Metrics> tests = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      PathUnit unit = units.get(i);
      PathUnit next = i + 1 < units.size() ? units.get(i + 1) : null;
      rows.addAll(results.get(i).rows());
      tests.addAll(results.get(i).tests());
      if (next == null || next.segment() == 0) {
        paths.add(new One(unit.seed(), unit.fold(), rows, tests));
        rows = new ArrayList<>();
        tests = new ArrayList<>();
      }
      if (next == null || !next.key().equals(unit.key())) {
        all.add(new StudyPaths(unit.key(), grid, paths));
        paths = new ArrayList<>();
      }
    }
    return all;
  }

  /** Whether there are rows to choose lambda by. */
  boolean choosing() {
    return grid.splits().choosing();
  }

  /** Share of lambda_max at a position; of one lambda that all paths have, on average. */
  double ratio(int index) {
    return grid.lambda() == null
        ? grid.ratio(index)
        : Aggregate.mean(paths.stream().mapToDouble(p -> p.rows().get(0).lambdaRatio()).toArray());
  }

  /** How many lambdas each path has. */
  int lambdas() {
    return grid.lambdas();
  }

  /** A figure of all repetitions at one lambda; empty where it was not computed. */
  double[] values(StudyMeasure measure, int index) {
    return paths.stream()
        .map(path -> path.value(measure, index))
        .filter(java.util.Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * The standard error of a figure's mean over splits, each split's own being the mean over seeds:
   * seeds of one split share their rows, and are no independent evidence. Splits that are drawn
   * share rows too, so that theirs is too small.
   */
  double standardError(StudyMeasure measure, int index) {
    int folds = grid.splits().count();
    double[] means = new double[folds];
    int seeds = paths.size() / folds;
    for (One path : paths) {
      means[path.fold()] += path.value(measure, index) / seeds;
    }
    double mean = Aggregate.mean(means);
    double squares = 0;
    for (double one : means) {
      squares += (one - mean) * (one - mean);
    }
    return Math.sqrt(squares / (folds - 1) / folds);
  }
}
