package org.relupath.core.optimalset;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.ReferenceOptimalSet;
import org.relupath.core.solve.Solution;

/**
 * A tiny program at one lambda, with its optimal set by the code under test and by brute force.
 *
 * @param data X, y and gates; the name ends in the seed
 * @param model which program
 * @param ratio lambda / lambda_max
 */
record TinyCase(Instance data, Model model, double ratio) {

  /** Gaussian data, 5 to 8 rows, at most 12 patterns: nearly all of them where d = 2. */
  static Stream<TinyCase> all() {
    return Stream.of(Model.values())
        .flatMap(
            model ->
                Stream.of(0.3, 0.1, 0.01)
                    .flatMap(
                        ratio ->
                            java.util.stream.LongStream.range(0, 12)
                                .mapToObj(seed -> new TinyCase(data(seed), model, ratio))));
  }

  private static Instance data(long seed) {
    Random random = new Random(seed);
    int d = seed % 4 == 0 ? 3 : 2;
    int n = d == 2 ? 5 + (int) (seed % 2) : 6 + random.nextInt(3);
    double[][] x = Instance.gaussian(random, n, d);
    double[] y = Instance.gaussian(random, 1, n)[0];
    double[][] gates = Instance.gaussian(random, d == 2 ? 300 : 12, d);
    return new Instance("n " + n + " d " + d + " seed " + seed, x, y, gates);
  }

  double lambda() {
    return ratio * data.lambdaMax(model);
  }

  Solution solve() {
    return data.solve(model, lambda(), 1e-12);
  }

  OptimalSet optimalSet() {
    return optimalSet(data, model, lambda());
  }

  /** The optimal set of an instance, by the code under test. */
  static OptimalSet optimalSet(Instance data, Model model, double lambda) {
    ConvexProgram program = data.program(model);
    return OptimalSet.of(program, gates(data, program), data.solve(model, lambda, 1e-12));
  }

  /** For each pattern of a program a gate that induces it, as networks of C-GReLU need them. */
  static Matrix gates(Instance instance, ConvexProgram program) {
    int[] first = new int[program.patterns().count()];
    Arrays.setAll(first, b -> program.patterns().gateId(b));
    return Matrix.ofRows(instance.gates()).selectRows(first);
  }

  /** The optimal set by brute force, from the solution's weights. */
  ReferenceOptimalSet reference(OptimalSet set) {
    DenseProgram dense = data.dense(model);
    return new ReferenceOptimalSet(
        dense, model, dense.dense(set.solution().weights()), set.lambda());
  }

  /** For each column of the reference the number of its neuron in a set. */
  static int[] match(ReferenceOptimalSet reference, OptimalSet set) {
    int[] place = new int[reference.columns().size()];
    for (int j = 0; j < place.length; j++) {
      ReferenceOptimalSet.Column column = reference.columns().get(j);
      place[j] = -1;
      for (int i = 0; i < set.neurons().size(); i++) {
        OptimalNeuron neuron = set.neurons().neurons().get(i);
        boolean same =
            neuron.sign() == column.sign()
                && Dense.distance(neuron.ray(), column.ray()) < 1e-6
                && neuron.blocks().stream().anyMatch(b -> column.blocks().contains(b.id()));
        place[j] = same ? i : place[j];
      }
    }
    return place;
  }

  @Override
  public String toString() {
    return model + " ratio " + ratio + " " + data;
  }
}
