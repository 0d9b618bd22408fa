package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Instance;

class ConjugateGradientsTest {
  private static final int N = 150;
  private static final int D = 130;
  private static final double PENALTY = 1e-3;
  private static final double ENOUGH = 1e12;

  private final Random random = new Random(4);
  private final ConvexProgram program =
      new Instance(
              "wide",
              Instance.gaussian(random, N, D),
              Instance.gaussian(random, 1, N)[0],
              Instance.gaussian(random, 5, D))
          .program(Model.RELU);
  private final ActiveBlocks active = active();
  private final ConjugateGradients solver = new ConjugateGradients(program.problem(), active);
  private final double[] right = Instance.gaussian(random, 1, N)[0];

  /** Five blocks in the middle of a solve, with tight rows. */
  private ActiveBlocks active() {
    List<Block> blocks = new ArrayList<>();
    for (int b = 0; b < program.patterns().count(); b++) {
      blocks.add(program.block(b));
    }
    double[] z = new double[blocks.size() * D];
    for (int i = 0; i < z.length; i++) {
      z[i] = random.nextGaussian();
    }
    WorkingSet set = new WorkingSet(program.problem(), new BlockWeights(blocks, D, z));
    double[] w = new double[z.length];
    double[] norms = new double[blocks.size()];
    set.prox(z, 0.1, w, norms);
    ActiveBlocks found = new ActiveBlocks(program.problem());
    found.collect(set, w, norms, 0.1, PENALTY);
    assertThat(found.count()).isEqualTo(5);
    assertThat(found.tightCount(0)).isPositive();
    return found;
  }

  @Test
  void comesNearToWhatAFactorisationGives() {
    double[] exact = right.clone();
    assertThat(new FullSystem(program.problem(), active).solve(exact)).isTrue();
    double[] near = right.clone();
    assertThat(solver.solve(near, ENOUGH)).isTrue();
    Vectors.axpy(-1, exact, 0, near, 0, N);
    // H >= I: an error is no larger than its residual, a hundredth of the right-hand side.
    assertThat(Vectors.norm(near)).isLessThan(1.01e-2 * Vectors.norm(right)).isPositive();
  }

  /**
   * Rows of zeros, on which the diagonal is 1, beside one of 1e6 and one in no active block: on the
   * first H is the identity, and the others have what a factorisation gives.
   */
  @Test
  void aDiagonalOfVeryDifferentSizes() {
    double[][] x = Instance.gaussian(new Random(7), N, D);
    Arrays.fill(x[0], 0);
    Arrays.fill(x[1], 0);
    for (int k = 0; k < D; k++) {
      x[2][k] *= 1e6;
    }
    ConvexProgram odd =
        new Instance("odd", x, right, Instance.gaussian(random, 5, D)).program(Model.GATED);
    List<Block> blocks = List.of(odd.block(0), odd.block(1), odd.block(2));
    double[] z = new double[blocks.size() * D];
    Arrays.setAll(z, i -> random.nextGaussian());
    WorkingSet set = new WorkingSet(odd.problem(), new BlockWeights(blocks, D, z));
    double[] w = new double[z.length];
    double[] norms = new double[blocks.size()];
    set.prox(z, 0.1, w, norms);
    ActiveBlocks some = new ActiveBlocks(odd.problem());
    some.collect(set, w, norms, 0.1, PENALTY);
    assertThat(some.count()).isEqualTo(3);
    double[] exact = right.clone();
    assertThat(new FullSystem(odd.problem(), some).solve(exact)).isTrue();
    double[] near = right.clone();
    assertThat(new ConjugateGradients(odd.problem(), some).solve(near, ENOUGH)).isTrue();
    assertThat(near).doesNotContain(Double.NaN);
    Vectors.axpy(-1, exact, 0, near, 0, N);
    assertThat(Vectors.norm(near)).isLessThan(1.01e-2 * Vectors.norm(right));
    for (int r = 0; r < 2; r++) {
      assertThat(exact[r]).isCloseTo(right[r], within(1e-12));
      assertThat(near[r]).isCloseTo(0, within(1.01e-2 * Vectors.norm(right)));
    }
    // Blocks of no rows at all leave H the identity: one product.
    double[][] zeros = new double[N][D];
    ConvexProgram none =
        new Instance("zeros", zeros, right, Instance.gaussian(random, 2, D)).program(Model.GATED);
    WorkingSet one =
        new WorkingSet(none.problem(), new BlockWeights(List.of(none.block(0)), D, new double[D]));
    double[] unit = new double[D];
    unit[0] = 1;
    ActiveBlocks idle = new ActiveBlocks(none.problem());
    idle.collect(one, unit, new double[] {1}, 0.1, PENALTY);
    double[] same = right.clone();
    assertThat(new ConjugateGradients(none.problem(), idle).solve(same, ENOUGH)).isTrue();
    Vectors.axpy(-1, right, 0, same, 0, N);
    assertThat(Vectors.norm(same)).isLessThan(1e-14 * Vectors.norm(right));
  }

  @Test
  void leavesTheRightHandSideWhereItGivesUpAndWaits() {
    double[] same = right.clone();
    assertThat(solver.solve(same, 2 * 4.0 * N * D * active.count())).isFalse();
    for (int i = 0; i < 8; i++) {
      assertThat(solver.solve(same, ENOUGH)).isFalse();
    }
    assertThat(same).isEqualTo(right);
    assertThat(solver.solve(same, ENOUGH)).isTrue();
  }
}
