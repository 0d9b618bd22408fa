package org.relupath.core.optimalset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Neurons;
import org.relupath.core.optimalset.polytope.Vertex;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.reference.Dense;

/** Paths between members: every point optimal, the non-convex image continuous. */
class OptimalPathTest {

  static Stream<TinyCase> cases() {
    return TinyCase.all().filter(c -> c.ratio() < 0.2 && c.optimalSet().dimension() > 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void joinsTwoVerticesThroughOptimalNetworks(TinyCase c) {
    OptimalSet set = c.optimalSet();
    List<Vertex> vertices = set.polytope().vertices(1000).list();
    double[] from = vertices.get(0).beta();
    double[] to = vertices.get(vertices.size() - 1).beta();
    OptimalPath path = set.path(from, to);
    Matrix x = Matrix.ofRows(c.data().x());
    Matrix gates = TinyCase.gates(c.data(), c.data().program(c.model()));
    double optimum = set.objective(from);
    Neurons before = null;
    for (int step = 0; step <= 200; step++) {
      BlockWeights weights = path.at(step / 200.0);
      double[] u = c.data().y().clone();
      Dense.add(u, -1, weights.fit(x, c.model()));
      double objective = 0.5 * Dense.dot(u, u) + set.lambda() * weights.normSum();
      assertThat(objective).isCloseTo(optimum, within(1e-10 * optimum));
      Neurons neurons = path.neurons(step / 200.0, c.model(), gates);
      assertThat(neurons.width()).isEqualTo(path.width());
      assertThat(neurons.objective(x, c.data().y(), set.lambda()))
          .isCloseTo(optimum, within(1e-10 * optimum));
      if (before != null) {
        // ||W|| is a square root of what moves linearly, by total / 200 a step at most.
        double bar = Math.sqrt(2 * weights.normSum() / 200) * (1 + 1e-9);
        assertThat(largestMove(before, neurons)).isLessThan(bar);
      }
      before = neurons;
    }
    assertThat(Dense.distance(path.at(0).fit(x, c.model()), path.at(1).fit(x, c.model())))
        .isLessThan(1e-9 * Dense.norm(c.data().y()));
    assertThat(path.at(0).normSum()).isCloseTo(set.weights(from).normSum(), within(1e-14));
    assertThat(path.at(1).combine(1, set.weights(to), -1).normSum()).isLessThan(1e-14);
  }

  private static double largestMove(Neurons a, Neurons b) {
    double largest = 0;
    for (int j = 0; j < a.width(); j++) {
      largest = Math.max(largest, Dense.distance(a.hidden().row(j), b.hidden().row(j)));
      largest = Math.max(largest, Math.abs(a.output()[j] - b.output()[j]));
    }
    return largest;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void refusesEndsThatAreNotOfOneOptimalSet(TinyCase c) {
    OptimalSet set = c.optimalSet();
    BlockWeights one = set.weights(set.polytope().center());
    double[] turned = one.values().clone();
    for (int i = 0; i < turned.length; i++) {
      turned[i] = -turned[i];
    }
    assertThatThrownBy(() -> new OptimalPath(one, new BlockWeights(one.blocks(), one.d(), turned)))
        .hasMessageContaining("different directions");
    assertThatThrownBy(() -> new OptimalPath(one, BlockWeights.zero(one.d() + 1)))
        .hasMessageContaining("the ends have blocks");
    assertThatThrownBy(() -> new OptimalPath(one, one).at(1.5)).hasMessageContaining("1.5");
  }
}
