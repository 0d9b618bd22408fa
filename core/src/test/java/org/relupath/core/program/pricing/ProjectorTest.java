package org.relupath.core.program.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.RayMerging;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;

/**
 * Single projections against the slow ones, and their multipliers and faces against definitions.
 */
class ProjectorTest {
  @ParameterizedTest
  @EnumSource(Instance.Shape.class)
  void projectsAsDefined(Instance.Shape shape) {
    Instance instance = Instance.of(shape, 5);
    for (Model model : Model.values()) {
      ConvexProgram program = instance.program(model);
      DenseProgram dense = instance.dense(model);
      double[] u = Instance.gaussian(new Random(7), 1, instance.x().length)[0];
      Projector projector = new Projector(program.problem());
      for (int b = 0; b < program.blockCount(); b++) {
        ProjectedCorrelation projected = projector.project(program.block(b), u);
        double scale = 1 + Dense.norm(projected.c());
        assertThat(projected.exact()).isTrue();
        assertThat(Dense.distance(projected.c(), dense.correlation(b, u)))
            .isLessThan(1e-12 * scale);
        assertThat(Dense.distance(projected.v(), dense.project(b, projected.c())))
            .isLessThan(1e-9 * scale);
        assertThat(projected.norm()).isCloseTo(Dense.norm(projected.v()), within(1e-13 * scale));
        double[] again = projected.c().clone();
        for (int i = 0; i < projected.tight().length; i++) {
          assertThat(projected.multipliers()[i]).isPositive();
          Dense.add(again, projected.multipliers()[i], dense.cone(b)[projected.tight()[i]]);
        }
        assertThat(Dense.distance(again, projected.v())).isLessThan(1e-10 * scale);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void onlyReluBlocksOfOneSignAreOneNeuron(Model model) {
    Block one = new Block(0, 0, 1, new long[] {1});
    Block same = new Block(1, 1, 1, new long[] {3});
    Block opposite = new Block(2, 0, -1, new long[] {1});
    double[] ray = {0.6, 0.8};
    double[] near = {0.6, 0.8 + 1e-15};
    double[] other = {0.8, 0.6};
    int[] groups =
        RayMerging.groups(model, List.of(one, same, opposite, one), List.of(ray, near, ray, other));
    assertThat(groups)
        .containsExactly(model == Model.RELU ? new int[] {0, 0, 1, 2} : new int[] {0, 1, 2, 3});
  }
}
