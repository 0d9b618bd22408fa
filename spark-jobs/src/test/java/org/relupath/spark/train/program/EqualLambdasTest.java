package org.relupath.spark.train.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.Patterns;
import org.relupath.core.path.NearbySolutions;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/** Starts of ratios that are one lambda of the program: the first of them stands for it. */
class EqualLambdasTest {
  private static final double[] ONE = {1};

  private static final Preprocessing PREPROCESSING =
      new Preprocessing(new double[1], ONE, false, 0, new double[0]);

  private static Program program(double lambdaMax) {
    Matrix x = Matrix.ofRows(new double[][] {{1}, {2}});
    Problem problem = new Problem(x, new double[] {1, 3}, Model.RELU);
    Patterns patterns = Patterns.distinct(2, List.of(new long[] {3}));
    return new Program(
        null,
        null,
        PREPROCESSING,
        null,
        new ConvexProgram(problem, patterns),
        new ProgramSummary(2, 2, 1, 1, 1, lambdaMax, 1, new double[0], List.of()),
        null);
  }

  /** Solutions whose weights are 1, 2, ... */
  private static WarmStart start(double... ratios) {
    List<WarmStart.Solution> solutions = new ArrayList<>();
    for (double ratio : ratios) {
      double[] weights = {solutions.size() + 1};
      solutions.add(
          new WarmStart.Solution(ratio, List.of(new WarmStart.GateBlock(ONE, 1, weights))));
    }
    return new WarmStart("start", Model.RELU, List.of("a"), PREPROCESSING, solutions);
  }

  @Test
  void theFirstStands() {
    NearbySolutions equal = start(1, 0.5, 0.5, 0.25).in(program(7));
    assertThat(equal.lambdas()).containsExactly(7, 3.5, 1.75);
    assertThat(equal.weights()).extracting(own -> own.values()[0]).containsExactly(1.0, 2.0, 4.0);
  }

  /** Ratios that differ in their last bit, which 1.2 times them does not. */
  @Test
  void roundingMakesThemOne() {
    double below = Math.nextDown(1.0);
    double[] ratios = {1, below, Math.nextDown(below)};
    assertThat(1.2 * ratios[1]).isNotEqualTo(1.2);
    assertThat(1.2 * ratios[2]).isEqualTo(1.2 * ratios[1]);
    assertThat(start(ratios).in(program(1.2)).lambdas()).containsExactly(1.2, 1.2 * below);
  }
}
