package org.relupath.spark.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.program.Model;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Status;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.study.unit.StudyGrid;
import org.relupath.spark.study.unit.StudyKey;
import org.relupath.spark.study.unit.StudySplits;

/** Averages and choices against numbers worked out by hand. */
class StudyChoiceTest {
  private static final double[] RATIOS = {1, 0.1, 0.01};

  private static PathRow row(int index, double validMse, int neurons) {
    return new PathRow(
        index,
        5 * RATIOS[index],
        RATIOS[index],
        1,
        0.5,
        0.5,
        1e-9,
        neurons,
        neurons,
        null,
        null,
        null,
        0.25,
        null,
        validMse,
        null,
        7,
        0.5,
        Status.OPTIMAL,
        true,
        null,
        1,
        0,
        1,
        null,
        null,
        1,
        null);
  }

  /** Errors by fold, then seed, then lambda. */
  private static StudyPaths paths(String dataSet, int gates, double[][][] errors) {
    StudyGrid grid =
        new StudyGrid(new StudySplits(errors.length, null, 1), null, 3, 0.01, 1, Settings.DEFAULT);
    List<StudyPaths.One> paths = new ArrayList<>();
    for (int seed = 0; seed < errors[0].length; seed++) {
      for (int fold = 0; fold < errors.length; fold++) {
        List<PathRow> rows = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
          rows.add(row(k, errors[fold][seed][k], 10 * k));
        }
        paths.add(new StudyPaths.One(seed, fold, rows, List.of()));
      }
    }
    return new StudyPaths(new StudyKey(dataSet, Model.GATED, gates), grid, paths);
  }

  private static final StudyPaths TWO_FOLDS =
      paths("a", 50, new double[][][] {{{4, 2, 1}, {4, 2.5, 2}}, {{4, 3, 2.5}, {4, 3, 3.5}}});

  @Test
  void meansAndQuartilesAreOverAllAndTheErrorIsOverFolds() {
    Aggregate error =
        Aggregate.all(List.of(TWO_FOLDS)).stream()
            .filter(one -> one.measure().equals("validMse") && one.index() == 2)
            .findFirst()
            .orElseThrow();
    assertThat(error.lambdaRatio()).isCloseTo(0.01, within(1e-15));
    assertThat(error.count()).isEqualTo(4);
    // 1, 2, 2.5, 3.5.
    assertThat(error.mean()).isEqualTo(2.25);
    assertThat(error.least()).isEqualTo(1);
    assertThat(error.lowerQuartile()).isEqualTo(1.75);
    assertThat(error.median()).isEqualTo(2.25);
    assertThat(error.upperQuartile()).isEqualTo(2.75);
    assertThat(error.most()).isEqualTo(3.5);
    // The folds' own means are 1.5 and 3: deviation sqrt(2 * .75^2), over sqrt(2).
    assertThat(error.standardError()).isCloseTo(0.75, within(1e-15));
    assertThat(Aggregate.all(List.of(TWO_FOLDS)))
        .noneMatch(one -> one.measure().contains("Accuracy"));
  }

  @Test
  void theOneStandardErrorRuleTakesTheLargestLambdaNearTheBest() {
    // Means 4, 2.625, 2.25; the bar is 2.25 + .75.
    assertThat(StudyChoice.Rule.BEST.index(TWO_FOLDS)).isEqualTo(2);
    assertThat(StudyChoice.Rule.ONE_STANDARD_ERROR.index(TWO_FOLDS)).isEqualTo(1);
  }

  @Test
  void ofEqualLambdasTheLargerIsTaken() {
    StudyPaths equal = paths("a", 50, new double[][][] {{{3, 2, 2}}, {{3, 2, 2}}});
    assertThat(StudyChoice.Rule.BEST.index(equal)).isEqualTo(1);
    assertThat(StudyChoice.Rule.ONE_STANDARD_ERROR.index(equal)).isEqualTo(1);
  }

  /** One network a data set and model, of the gate count with the smallest error. */
  @Test
  void theBestGateCountMakesTheNetwork() {
    StudyPaths better = paths("a", 500, new double[][][] {{{4, 2, 1}}, {{4, 2, 3}}});
    StudyPaths other = paths("b", 50, new double[][][] {{{4, 2, 5}}, {{4, 2, 5}}});
    List<StudyChoice> choices =
        StudyChoice.all(List.of(TWO_FOLDS, better, other), StudyChoice.Rule.ONE_STANDARD_ERROR);
    assertThat(choices).hasSize(6);
    assertThat(choices.stream().filter(StudyChoice::chosen))
        .extracting(StudyChoice::dataset, StudyChoice::gates, StudyChoice::rule, StudyChoice::index)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 500, "one-standard-error", 1),
            org.assertj.core.groups.Tuple.tuple("b", 50, "one-standard-error", 1));
    StudyChoice first = choices.get(0);
    assertThat(first.rule()).isEqualTo("best");
    assertThat(first.validMse()).isEqualTo(2.25);
    assertThat(first.standardError()).isCloseTo(0.75, within(1e-15));
    assertThat(first.neurons()).isEqualTo(20);
    assertThat(first.validAccuracy()).isNull();
  }
}
