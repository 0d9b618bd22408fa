package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;

class FoldingTest {
  private static final Matrix RAW = Matrix.ofRows(new double[][] {{1, 5}, {2, 7}, {4, 6.5}});

  private static Preprocessing preprocessing(boolean intercept) {
    return new Preprocessing(
        new double[] {3, 6}, new double[] {2, 0.3}, intercept, 0.7, new double[0]);
  }

  private static Network folded(boolean intercept) {
    double[][] hidden = intercept ? new double[][] {{1, -2, 0.4}} : new double[][] {{1, -2}};
    Neurons neurons =
        new Neurons(Model.RELU, Matrix.ofRows(hidden), new double[] {1.5}, Matrix.zeros(0, 0));
    return Folding.fold(neurons, preprocessing(intercept), List.of("a", "b"), RAW);
  }

  private static Network withBias(Network network, double bias) {
    return new Network(
        network.model(),
        network.inputs(),
        network.hidden(),
        new double[] {bias},
        network.output(),
        network.outputBias(),
        network.labels(),
        network.gates(),
        network.gateBias(),
        network.preprocessing());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unfoldingTakesThePreprocessingOut(boolean intercept) {
    Neurons again = Folding.unfold(folded(intercept));
    double[] expected = intercept ? new double[] {1, -2, 0.4} : new double[] {1, -2};
    assertThat(again.hidden().row(0)).containsExactly(expected, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, -2})
  void aBiasThatNoInterceptMadeIsRefused(double more) {
    Network network = folded(false);
    Network moved = withBias(network, network.bias()[0] + more);
    assertThatThrownBy(() -> Folding.unfold(moved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bias 0 is")
        .hasMessageContaining("no intercept");
  }
}
