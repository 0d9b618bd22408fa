package org.relupath.core.program.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Pricing.Prices;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;

/** Certificates of weights that are feasible but anything but optimal. */
class CertifierTest {

  record Case(Instance instance, Model model) {}

  static Stream<Case> cases() {
    return Stream.of(Instance.Shape.values())
        .map(shape -> Instance.of(shape, 12))
        .flatMap(i -> Stream.of(Model.values()).map(model -> new Case(i, model)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyFieldIsThatOfTheDefinitions(Case c) {
    ConvexProgram program = c.instance.program(c.model);
    DenseProgram dense = c.instance.dense(c.model);
    Certifier certifier = new Certifier(program.problem());
    Pricer pricer = new Pricer(program);
    Random random = new Random(1);
    for (int i = 0; i < 5; i++) {
      BlockWeights weights = feasible(c, program, dense, random);
      double[][] w = dense.dense(weights);
      double lambda = (0.01 + random.nextDouble()) * dense.lambdaMax();
      double[] u = certifier.residual(weights);
      double scale = Dense.norm(c.instance.y()) + Dense.norm(u);
      assertThat(Dense.distance(u, dense.residual(w))).isLessThan(1e-11 * scale);

      Prices prices = pricer.price(u, lambda, Integer.MAX_VALUE);
      Certificate proof = certifier.certify(weights, u, lambda, prices);

      double objective = dense.objective(w, lambda);
      assertThat(proof.lambda()).isEqualTo(lambda);
      assertThat(proof.loss()).isCloseTo(dense.loss(w), within(1e-11 * objective));
      assertThat(proof.penalty()).isCloseTo(dense.penalty(w, lambda), within(1e-12 * objective));
      assertThat(proof.objective()).isEqualTo(proof.loss() + proof.penalty());
      double max = dense.maxNorm(u);
      assertThat(proof.maxNorm()).isGreaterThanOrEqualTo(max * (1 - 1e-11));
      if (max > lambda) {
        assertThat(proof.maxNorm()).isCloseTo(max, within(1e-11 * max));
        assertThat(proof.dualObjective())
            .isCloseTo(dense.dual(u, lambda), within(1e-10 * objective));
      } else {
        assertThat(proof.maxNorm()).isLessThanOrEqualTo(lambda);
        assertThat(proof.dualObjective())
            .isLessThanOrEqualTo(dense.dual(u, lambda) + 1e-11 * objective);
      }
      assertThat(proof.dualScale()).isNotNegative();
      assertThat(proof.relativeGap())
          .isEqualTo(Math.max(0, (proof.objective() - proof.dualObjective()) / proof.objective()));
      assertThat(proof.maxConeViolation()).isCloseTo(dense.coneViolation(w), within(1e-11));
      double residual = dense.kktResidual(w, lambda);
      assertThat(proof.kktResidual()).isCloseTo(residual, within(1e-9 * (1 + residual)));

      Certificate bound = certifier.bound(weights, u, lambda, prices);
      assertThat(bound.kktResidual()).isNaN();
      assertThat(bound.relativeGap()).isEqualTo(proof.relativeGap());
      assertThat(certifier.complete(bound, weights)).isEqualTo(proof);
    }
  }

  /** Random weights in the cones of a few blocks. */
  private static BlockWeights feasible(
      Case c, ConvexProgram program, DenseProgram dense, Random random) {
    int d = program.problem().d();
    double size = Dense.norm(c.instance.y()) / (1 + maxEntry(c.instance.x()));
    List<Block> blocks = new ArrayList<>();
    int[] ids =
        random
            .ints(0, program.blockCount())
            .distinct()
            .limit(Math.min(2, program.blockCount()))
            .sorted()
            .toArray();
    double[] values = new double[ids.length * d];
    for (int i = 0; i < ids.length; i++) {
      blocks.add(program.block(ids[i]));
      double[] w = dense.project(ids[i], Instance.gaussian(random, 1, d)[0]);
      System.arraycopy(Dense.times(size, w), 0, values, i * d, d);
    }
    return new BlockWeights(blocks, d, values);
  }

  private static double maxEntry(double[][] x) {
    return Stream.of(x).flatMapToDouble(java.util.Arrays::stream).map(Math::abs).max().orElse(0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void weightsThatFitTheWrongWayHaveDualScaleZero(Case c) {
    ConvexProgram program = c.instance.program(c.model);
    Certifier certifier = new Certifier(program.problem());
    BlockWeights zero = BlockWeights.zero(program.problem().d());
    // A residual that points away from y: t must be clipped to 0, and the bound is G(0) = 0.
    double[] away = Dense.times(-1, c.instance.y());
    Prices prices = new Pricer(program).price(away, 1, Integer.MAX_VALUE);
    Certificate proof = certifier.certify(zero, away, 1, prices);
    assertThat(proof.dualScale()).isZero();
    assertThat(proof.dualObjective()).isZero();
    assertThat(proof.relativeGap()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void anIncompletePassCertifiesNothing(Case c) {
    Certifier certifier = new Certifier(c.instance.program(c.model).problem());
    Prices incomplete = new Prices(false, 0, List.of());
    BlockWeights zero = BlockWeights.zero(c.instance.x()[0].length);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> certifier.certify(zero, c.instance.y(), 1, incomplete));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void weightsOutsideTheirConeAreMeasuredByTheNetworkThatTheyMake(Case c) {
    ConvexProgram program = c.instance.program(c.model);
    DenseProgram dense = c.instance.dense(c.model);
    double[] w = Instance.gaussian(new Random(2), 1, program.problem().d())[0];
    BlockWeights outside =
        new BlockWeights(List.of(program.block(program.blockCount() - 1)), w.length, w);
    double[] fit = new double[c.instance.x().length];
    for (int r = 0; r < fit.length; r++) {
      double score = Dense.dot(c.instance.x()[r], w);
      Block block = outside.blocks().get(0);
      fit[r] =
          c.model == Model.RELU ? block.sign() * Math.max(score, 0) : block.active(r) ? score : 0;
    }
    Certifier certifier = new Certifier(program.problem());
    double[] u = certifier.residual(outside);
    double scale = Dense.norm(fit) + Dense.norm(c.instance.y());
    assertThat(Dense.distance(u, Dense.minus(c.instance.y(), fit))).isLessThan(1e-13 * scale);
    Prices prices = new Pricer(program).price(u, 1, Integer.MAX_VALUE);
    assertThat(certifier.certify(outside, u, 1, prices).maxConeViolation())
        .isCloseTo(dense.coneViolation(dense.dense(outside)), within(1e-12));
  }
}
