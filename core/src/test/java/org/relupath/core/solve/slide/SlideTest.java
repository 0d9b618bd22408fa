package org.relupath.core.solve.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.reference.Instance;

/**
 * Descent of a network, against its objective written down once more and points known to be best.
 */
final class SlideTest {
  private static final int D = 4;

  /** 1/2 ||sum_j s_j (X w_j)_+ - y||^2 + lambda sum_j ||w_j||. */
  private static double objective(Problem problem, double lambda, double[] w, int[] signs) {
    double sum = 0;
    for (int r = 0; r < problem.n(); r++) {
      double error = problem.y()[r];
      for (int j = 0; j < signs.length; j++) {
        double score = Vectors.dot(problem.x().values(), r * D, w, j * D, D);
        error -= signs[j] * Math.max(score, 0);
      }
      sum += 0.5 * error * error;
    }
    for (int j = 0; j < signs.length; j++) {
      sum += lambda * Vectors.norm(w, j * D, D);
    }
    return sum;
  }

  private static int[] signs(Slide slide, int m) {
    int[] signs = new int[m];
    Arrays.setAll(signs, slide::sign);
    return signs;
  }

  private static double[] neurons(Random random, int m, double scale) {
    return random.doubles(m * D).map(z -> scale * (z - 0.5)).toArray();
  }

  /** A teacher of two neurons of opposite signs on 200 Gaussian rows. */
  private static Problem teacher(Random random, double[] w) {
    double[][] x = Instance.gaussian(random, 200, D);
    double[] y = new double[x.length];
    for (int r = 0; r < y.length; r++) {
      y[r] =
          Math.max(Vectors.dot(x[r], 0, w, 0, D), 0) - Math.max(Vectors.dot(x[r], 0, w, D, D), 0);
    }
    return new Problem(Matrix.ofRows(x), y, Model.RELU);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theObjectiveNeverRises(int seed) {
    Random random = new Random(seed);
    Problem problem = teacher(random, neurons(random, 2, 2));
    double lambda = 10 * random.nextDouble();
    double[] w = neurons(random, 6, 1);
    int[] signs = {1, -1, 1, -1, 1, -1};
    double before = objective(problem, lambda, w, signs);
    for (int steps = 0; steps <= 32; steps = 2 * steps + 1) {
      Slide slide = new Slide(problem, lambda, w, signs);
      slide.descend(steps, 0, () -> false);
      double after = objective(problem, lambda, slide.weights(), signs(slide, 6));
      assertThat(after).as(steps + " steps").isLessThanOrEqualTo(before * (1 + 1e-12));
      before = after;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  @DisplayName("smooth data: descends to where the gradient of a neuron is lambda w / ||w||")
  void endsWhereTheObjectiveIsStationary(int seed) {
    Random random = new Random(seed);
    double[] truth = neurons(random, 2, 4);
    Problem problem = teacher(random, truth);
    double[] w = truth.clone();
    for (int k = 0; k < w.length; k++) {
      w[k] += 0.2 * random.nextGaussian();
    }
    double lambda = 1;
    Slide slide = new Slide(problem, lambda, w, new int[] {1, -1});
    slide.descend(500, 0, () -> false);
    double[] at = slide.weights();
    double[] u = problem.y().clone();
    for (int r = 0; r < u.length; r++) {
      for (int j = 0; j < 2; j++) {
        double score = Vectors.dot(problem.x().values(), r * D, at, j * D, D);
        u[r] -= slide.sign(j) * Math.max(score, 0);
      }
    }
    for (int j = 0; j < 2; j++) {
      double[] pull = new double[D];
      for (int r = 0; r < u.length; r++) {
        if (Vectors.dot(problem.x().values(), r * D, at, j * D, D) > 0) {
          Vectors.axpy(slide.sign(j) * u[r], problem.x().values(), r * D, pull, 0, D);
        }
      }
      double norm = Vectors.norm(at, j * D, D);
      for (int k = 0; k < D; k++) {
        assertThat(pull[k]).isCloseTo(lambda * at[j * D + k] / norm, within(2e-2 * lambda));
      }
    }
  }

  @Test
  void neuronsThatDoNotPayVanish() {
    Random random = new Random(1);
    Problem problem = teacher(random, neurons(random, 2, 2));
    double lambda = 1e4;
    double[] w = neurons(random, 3, 1);
    Slide slide = new Slide(problem, lambda, w, new int[] {1, 1, -1});
    slide.descend(300, 0, () -> false);
    double rest = objective(problem, lambda, slide.weights(), signs(slide, 3));
    double zero = problem.zeroObjective();
    assertThat(rest).isCloseTo(zero, within(1e-6 * zero));
  }

  @Test
  @DisplayName("the inverse Hessian maps the last change of the gradient to the last step")
  void theSecantEquationHolds() {
    Random random = new Random(3);
    InverseHessian inverse = new InverseHessian();
    for (int k = 0; k < 25; k++) {
      double[] step = random.doubles(7).map(z -> z - 0.5).toArray();
      double[] change = step.clone();
      for (int i = 0; i < change.length; i++) {
        change[i] *= 1 + i;
      }
      inverse.learn(step.clone(), change.clone());
      double[] back = inverse.descent(change);
      for (int i = 0; i < step.length; i++) {
        assertThat(-back[i]).isCloseTo(step[i], within(1e-12));
      }
    }
  }

  @Test
  void stepsAlongWhichTheFunctionIsNotConvexAreForgotten() {
    InverseHessian inverse = new InverseHessian();
    inverse.learn(new double[] {1, 0}, new double[] {-1, 0});
    assertThat(inverse.descent(new double[] {0, 4})).containsExactly(-0.0, -1);
  }
}
