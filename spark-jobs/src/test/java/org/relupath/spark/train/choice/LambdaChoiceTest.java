package org.relupath.spark.train.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.score.Scores;
import org.relupath.spark.config.LambdaRule;
import org.relupath.spark.io.BadInputException;

/** The lambda of a path, and of several outputs together, from errors and scores made by hand. */
class LambdaChoiceTest {
  private static final String FOLDS = "5-fold cross-validation";

  private static HeldOut errors(String by, double... errors) {
    return new HeldOut(by, errors, List.of());
  }

  /** Scores of the rows of one output at each lambda; its rows are those of the class. */
  private static HeldOut scores(int output, int[] classes, double[] weights, double[]... lambdas) {
    double[] targets = IntStream.of(classes).mapToDouble(own -> own == output ? 1 : -1).toArray();
    List<Scores> scores = new ArrayList<>();
    for (double[] one : lambdas) {
      scores.add(new Scores(targets, one, weights));
    }
    return new HeldOut(HeldOut.VALID, new double[lambdas.length], scores);
  }

  private static List<Integer> indices(LambdaRule rule, HeldOut... outputs) {
    return LambdaChoice.of(rule, List.of(outputs)).stream().map(LambdaSelection::index).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEST", "MSE"})
  void oneLambdaHasTheSmallestMeanOfErrors(LambdaRule rule) {
    HeldOut first = errors(HeldOut.VALID, 1.0, 0.2, 0.5);
    HeldOut second = errors(HeldOut.VALID, 1.0, 2.0, 0.9);
    List<LambdaSelection> own = LambdaChoice.of(rule, List.of(first, second));
    assertThat(own).extracting(LambdaSelection::index).containsExactly(2, 2);
    assertThat(own).extracting(LambdaSelection::mse).containsExactly(0.5, 0.9);
    assertThat(own).extracting(LambdaSelection::by).containsOnly("mean validMse");
    assertThat(own).allMatch(LambdaSelection::chosen);
    assertThat(LambdaChoice.of(rule, List.of(errors(FOLDS, 3, 1), errors(FOLDS, 2, 1))))
        .extracting(LambdaSelection::by)
        .containsOnly("mean error, " + FOLDS);
    LambdaSelection alone = LambdaChoice.of(rule, List.of(first)).get(0);
    assertThat(alone.index()).isEqualTo(1);
    assertThat(alone.by()).isEqualTo("validMse");
  }

  @Test
  void ofEqualErrorsTheLargerLambda() {
    for (LambdaRule rule : List.of(LambdaRule.MSE, LambdaRule.EACH)) {
      assertThat(indices(rule, errors(FOLDS, 4, 1, 1), errors(FOLDS, 4, 1, 1)))
          .containsExactly(1, 1);
    }
    assertThat(indices(LambdaRule.MSE, errors(FOLDS, 1, 2, 3), errors(FOLDS, 3, 2, 1)))
        .containsExactly(0, 0);
  }

  @Test
  void errorsThatAreNoNumbersAreNoChoice() {
    HeldOut first = errors(FOLDS, Double.NaN, 3, 1);
    HeldOut second = errors(FOLDS, 1, 3, Double.POSITIVE_INFINITY);
    assertThat(indices(LambdaRule.MSE, first, second)).containsExactly(1, 1);
    assertThat(indices(LambdaRule.EACH, first, second)).containsExactly(2, 0);
    assertThatThrownBy(
            () -> indices(LambdaRule.MSE, first, errors(FOLDS, 1, Double.NaN, Double.NaN)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("mean error, " + FOLDS + ": the error is not finite at any");
  }

  @Test
  void eachOutputHasItsOwn() {
    HeldOut first = errors(HeldOut.VALID, 1.0, 0.2, 0.5);
    HeldOut second = errors(HeldOut.VALID, 1.0, 2.0, 0.9);
    List<LambdaSelection> own = LambdaChoice.of(LambdaRule.EACH, List.of(first, second));
    assertThat(own).extracting(LambdaSelection::index).containsExactly(1, 2);
    assertThat(own).extracting(LambdaSelection::mse).containsExactly(0.2, 0.9);
    assertThat(own).extracting(LambdaSelection::by).containsOnly("validMse");
  }

  /** Classes of four rows, at two lambdas: the larger one has two of them, the other three. */
  @Test
  void theLargestScoreIsTheClass() {
    int[] classes = {0, 1, 2, 2};
    HeldOut[] outputs = {
      scores(0, classes, new double[0], new double[] {1, 0, 0, -9}, new double[] {-.1, -9, -9, 5}),
      scores(1, classes, new double[0], new double[] {0, 0, 0, -9}, new double[] {-.2, -8, -9, 0}),
      scores(2, classes, new double[0], new double[] {0, 0, 2, -9}, new double[] {-.3, -9, 0, 0})
    };
    // Of equal scores the first is taken: rows 1 and 3 are class 0 at the larger lambda.
    List<LambdaSelection> own = LambdaChoice.of(LambdaRule.ACCURACY, List.of(outputs));
    assertThat(own).extracting(LambdaSelection::index).containsExactly(1, 1, 1);
    assertThat(own).extracting(LambdaSelection::by).containsOnly("validAccuracy");
    for (int k = 0; k < 3; k++) {
      assertThat(own.get(k).heldOut()).isSameAs(outputs[k].scores().get(1));
    }
  }

  @Test
  void rowsCountByWeight() {
    int[] classes = {0, 1, 1};
    // The larger lambda misses the first row only, the smaller one the two others.
    double[][] zero = {{-1, -1, -1}, {1, 1, 1}};
    double[][] one = {{1, 1, 1}, {-1, -1, -1}};
    for (double[] weights : List.of(new double[0], new double[] {3, 1, 1})) {
      HeldOut[] outputs = {scores(0, classes, weights, zero), scores(1, classes, weights, one)};
      int expected = weights.length == 0 ? 0 : 1;
      assertThat(indices(LambdaRule.ACCURACY, outputs)).containsExactly(expected, expected);
    }
    double[] even = {2, 1, 1};
    assertThat(
            indices(
                LambdaRule.ACCURACY, scores(0, classes, even, zero), scores(1, classes, even, one)))
        .as("of equal ones the larger lambda")
        .containsExactly(0, 0);
  }

  @Test
  void oneOutputIsRightOnTheSideOfItsScore() {
    double[] targets = {1, -1, 1};
    List<Scores> lambdas =
        List.of(
            new Scores(targets, new double[] {-.1, -3, -1}),
            new Scores(targets, new double[] {0, -.1, -.1}),
            new Scores(targets, new double[] {9, -.1, -.1}));
    HeldOut one = new HeldOut(FOLDS, new double[] {3, 2, 1}, lambdas);
    LambdaSelection own = LambdaChoice.of(LambdaRule.ACCURACY, List.of(one)).get(0);
    assertThat(own.index()).isEqualTo(1);
    assertThat(own.mse()).isEqualTo(2);
    assertThat(own.by()).isEqualTo("accuracy, " + FOLDS);
    assertThat(indices(LambdaRule.MSE, one)).containsExactly(2);
  }

  @Test
  void aScoreThatIsNoNumberIsNoChoice() {
    int[] classes = {0, 1};
    double[] right = {1, -1};
    double[] other = {-1, 1};
    double[] broken = {1, Double.NaN};
    HeldOut first = scores(0, classes, new double[0], broken, right);
    HeldOut second = scores(1, classes, new double[0], other, other);
    assertThat(indices(LambdaRule.ACCURACY, first, second)).containsExactly(1, 1);
    assertThatThrownBy(
            () ->
                indices(
                    LambdaRule.ACCURACY, scores(0, classes, new double[0], broken, broken), second))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("not finite at any lambda");
  }

  /** Against counts of wrong rows, one output after the other. */
  @Test
  void accuracyOfRandomScores() {
    SplittableRandom random = new SplittableRandom(11);
    for (int trial = 0; trial < 50; trial++) {
      int outputs = 2 + random.nextInt(4);
      int rows = 1 + random.nextInt(8);
      int[] classes = random.ints(rows, 0, outputs).toArray();
      double[] weights = random.ints(rows, 1, 4).asDoubleStream().toArray();
      double[][][] scores = new double[outputs][5][];
      List<HeldOut> held = new ArrayList<>();
      for (int k = 0; k < outputs; k++) {
        for (int lambda = 0; lambda < 5; lambda++) {
          scores[k][lambda] = random.ints(rows, 0, 4).asDoubleStream().toArray();
        }
        held.add(scores(k, classes, weights, scores[k]));
      }
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int lambda = 0; lambda < 5; lambda++) {
        double wrong = 0;
        for (int r = 0; r < rows; r++) {
          int winner = outputs - 1;
          for (int k = outputs - 1; k >= 0; k--) {
            winner = scores[k][lambda][r] >= scores[winner][lambda][r] ? k : winner;
          }
          wrong += winner == classes[r] ? 0 : weights[r];
        }
        best = wrong < least ? lambda : best;
        least = Math.min(least, wrong);
      }
      assertThat(LambdaChoice.of(LambdaRule.ACCURACY, held).get(0).index())
          .as("trial " + trial)
          .isCloseTo(best, within(0));
    }
  }
}
