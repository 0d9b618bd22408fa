package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
