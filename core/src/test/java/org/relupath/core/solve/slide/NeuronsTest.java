package org.relupath.core.solve.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.reference.Instance;

class NeuronsTest {
  private static final int N = 60;
  private static final int D = 4;
  private static final double LAMBDA = 0.7;

  private static Problem problem(Random random) {
    double[][] x = Instance.gaussian(random, N, D);
    return new Problem(Matrix.ofRows(x), random.doubles(N).toArray(), Model.RELU);
  }

  private static double objective(Problem problem, Neurons neurons) {
    double sum = 0;
    for (int r = 0; r < N; r++) {
      double rest = problem.y()[r];
      for (int j = 0; j < neurons.size(); j++) {
        double score = Vectors.dot(problem.x().values(), r * D, neurons.weights(j), 0, D);
        rest -= neurons.sign(j) * Math.max(score, 0);
      }
      sum += 0.5 * rest * rest;
    }
    for (int j = 0; j < neurons.size(); j++) {
      sum += LAMBDA * Vectors.norm(neurons.weights(j));
    }
    return sum;
  }

  private static double[] random(Random random, double scale) {
    return random.doubles(D).map(z -> scale * (z - 0.5)).toArray();
  }

  /** Three neurons, and the first again with a little added to it. */
  private static Neurons four(Random random, Problem problem, double apart) {
    Neurons neurons = new Neurons(problem, LAMBDA);
    double[] w = random(random, 1);
    double[] near = w.clone();
    Vectors.axpy(apart, random(random, 1), 0, near, 0, D);
    neurons.add(w, 1);
    neurons.add(near, 1);
    neurons.add(near.clone(), -1);
    neurons.add(random(random, 1), -1);
    return neurons;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  @DisplayName("the objective is that of the definition, before and after neurons are put together")
  void theObjective(int seed) {
    Random random = new Random(seed);
    Problem problem = problem(random);
    Neurons neurons = four(random, problem, 0.1);
    double before = neurons.objective();
    assertThat(before).isCloseTo(objective(problem, neurons), within(1e-12 * before));
    neurons.merge(0.05 * before);
    double after = neurons.objective();
    assertThat(after).isCloseTo(objective(problem, neurons), within(1e-12 * before));
    assertThat(after).isLessThanOrEqualTo(1.05 * before);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  @DisplayName("neurons of a ray are one, those of different signs are not")
  void oneRayIsOneNeuron(int seed) {
    Random random = new Random(seed);
    Problem problem = problem(random);
    Neurons neurons = four(random, problem, 0);
    neurons.merge(1e-12 * neurons.objective());
    assertThat(neurons.size()).isEqualTo(3);
    assertThat(neurons.sign(0)).isEqualTo(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  @DisplayName("without a budget nothing is put together that would cost")
  void nothingThatCosts(int seed) {
    Random random = new Random(seed);
    Problem problem = problem(random);
    Neurons neurons = four(random, problem, 0.5);
    double before = neurons.objective();
    neurons.merge(0);
    assertThat(neurons.objective()).isLessThanOrEqualTo(before);
  }
}
