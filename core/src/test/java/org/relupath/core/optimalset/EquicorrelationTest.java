package org.relupath.core.optimalset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Solution;

/** What certificates exclude is excluded, and the rest is what dense projections find. */
class EquicorrelationTest {

  static Stream<Arguments> cases() {
    return Stream.of(
            Instance.Shape.GAUSSIAN,
            Instance.Shape.TALL,
            Instance.Shape.WIDE,
            Instance.Shape.DUPLICATED_COLUMNS,
            Instance.Shape.REPEATED_ROWS,
            Instance.Shape.ZERO_ROWS,
            Instance.Shape.ONE_ROW,
            Instance.Shape.ONE_COLUMN,
            Instance.Shape.LARGE_TARGETS,
            Instance.Shape.SMALL_TARGETS)
        .flatMap(
            shape ->
                Stream.of(Model.values())
                    .flatMap(
                        model ->
                            Stream.of(0.2, 0.02).map(ratio -> Arguments.of(shape, model, ratio))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void membersAreThoseOfDenseProjections(Instance.Shape shape, Model model, double ratio) {
    Instance data = Instance.of(shape, 2);
    DenseProgram dense = data.dense(model);
    double lambda = ratio * data.lambdaMax(model);
    Solution solution = data.solve(model, lambda, 1e-12);
    Equicorrelation e = Equicorrelation.of(data.program(model), solution);
    double[] norms = dense.norms(dense.residual(dense.dense(solution.weights())));
    double next = 0;
    double delta = 0;
    int found = 0;
    for (int b = 0; b < norms.length; b++) {
      int id = b;
      Member member =
          e.members().stream()
              .filter(m -> m.projected().block().id() == id)
              .findFirst()
              .orElse(null);
      double ratioOfBlock = norms[b] / lambda;
      if (member == null) {
        next = Math.max(next, ratioOfBlock);
        assertThat(1 - ratioOfBlock).isGreaterThan(1e-9);
      } else {
        found++;
        assertThat(member.ratio()).isCloseTo(ratioOfBlock, within(1e-9));
        delta = member.weight() > 0 ? Math.max(delta, Math.abs(1 - ratioOfBlock)) : delta;
        boolean yes = Math.abs(1 - member.ratio()) <= e.tolerance();
        assertThat(member.membership()).isEqualTo(yes ? Membership.YES : Membership.UNDECIDED);
      }
    }
    assertThat(found).isEqualTo(e.size());
    assertThat(e.delta()).isCloseTo(delta, within(1e-9)).isLessThan(1e-5);
    assertThat(next).isLessThanOrEqualTo(e.nextRatio() + 1e-9);
    for (int i = 0; i < solution.weights().size(); i++) {
      int id = solution.weights().blocks().get(i).id();
      assertThat(e.members()).anyMatch(m -> m.projected().block().id() == id && m.weight() > 0);
    }
    double sum = solution.weights().normSum();
    assertThat(lambda * e.alphaSum()).isCloseTo(sum, within(1e-5 * sum));
  }

  /** The residual of a solution to 1e-13 stands for u*. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void theBallHoldsTheOptimalResidualAndBandsHold(Instance.Shape shape, Model model, double ratio) {
    Instance data = Instance.of(shape, 3);
    double lambda = ratio * data.lambdaMax(model);
    ConvexProgram program = data.program(model);
    Certifier certifier = new Certifier(program.problem());
    double[] exact = certifier.residual(data.solve(model, lambda, 1e-13).weights());
    double[] norms = data.dense(model).norms(exact);
    double size = Dense.norm(data.y());
    for (double tolerance : new double[] {1e-2, 1e-4, 1e-8}) {
      Solution rough = data.solve(model, lambda, tolerance);
      double[] u = certifier.residual(rough.weights());
      Equicorrelation e = Equicorrelation.of(program, rough);
      double[] distance = exact.clone();
      Dense.add(distance, -e.ball().scale(), u);
      assertThat(Dense.norm(distance)).isLessThanOrEqualTo(e.ball().radius() + 1e-6 * size);
      for (Member member : e.members()) {
        int b = member.projected().block().id();
        double center = e.ball().ratio(member.projected().norm());
        assertThat(Math.abs(norms[b] / lambda - center)).isLessThanOrEqualTo(member.band() + 1e-6);
      }
      for (int b = 0; b < norms.length; b++) {
        if (norms[b] > lambda * (1 - 1e-9)) {
          int id = b;
          assertThat(e.members()).anyMatch(m -> m.projected().block().id() == id);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void atLambdaMaxTheMaximisersAreLeftAndAboveItNone(
      Instance.Shape shape, Model model, double ratio) {
    Instance data = Instance.of(shape, 4);
    double max = data.lambdaMax(model);
    Equicorrelation above =
        Equicorrelation.of(data.program(model), data.solve(model, max / (1 - ratio), 1e-12));
    assertThat(above.members()).isEmpty();
    assertThat(above.nextRatio()).isBetween(0.0, 1.0);
    Equicorrelation at = Equicorrelation.of(data.program(model), data.solve(model, max, 1e-12));
    assertThat(at.members()).isNotEmpty();
    assertThat(at.alphaSum()).isEqualTo(0);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void spectralNormsAreUpperBoundsAndTight(Instance.Shape shape, Model model, double ratio) {
    Instance data = Instance.of(shape, 5);
    Matrix x = Matrix.ofRows(data.x());
    double norm = new SpectralNorms(x).whole();
    // Power iteration, written apart, from a random start.
    double[] v = Instance.gaussian(new Random(1), 1, x.columns())[0];
    for (int step = 0; step < 500; step++) {
      double[] image = x.times(v);
      double[] back = new double[v.length];
      for (int r = 0; r < image.length; r++) {
        Dense.add(back, image[r], x.row(r));
      }
      v = Dense.times(1 / Dense.norm(back), back);
    }
    double reached = Dense.norm(x.times(v));
    assertThat(norm).isGreaterThan(reached).isCloseTo(reached, within(1e-3 * reached));
    for (int b = 0; b < data.program(model).blockCount(); b++) {
      assertThat(new SpectralNorms(x).of(data.program(model).block(b)))
          .isLessThanOrEqualTo(norm * (1 + 1e-12));
    }
  }
}
