package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.BorderGates;
import org.relupath.core.program.Model;

/** Networks on raw columns far from zero against exact arithmetic. */
class ForwardPassTest {
  private static Observations rows(double offset, double spread, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Matrix x = Matrix.zeros(30, 2);
    double[] y = new double[30];
    for (int r = 0; r < 30; r++) {
      x.values()[2 * r] = offset + spread * (random.nextDouble() - 0.5);
      x.values()[2 * r + 1] = random.nextDouble();
      y[r] = random.nextDouble();
    }
    return new Observations(List.of("a", "b"), x, y);
  }

  private static Neurons neurons(Model model, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 100);
    Matrix hidden = Matrix.zeros(5, 3);
    Matrix gates = Matrix.zeros(5, 3);
    double[] output = new double[5];
    for (int i = 0; i < 15; i++) {
      hidden.values()[i] = random.nextDouble() - 0.5;
      gates.values()[i] = random.nextDouble() - 0.5;
      output[i / 3] = random.nextDouble() - 0.5;
    }
    return new Neurons(model, hidden, output, model == Model.GATED ? gates : Matrix.zeros(0, 0));
  }

  private static BigDecimal score(Matrix raw, int r, Matrix w, int j, double bias) {
    BigDecimal sum = new BigDecimal(bias);
    for (int k = 0; k < raw.columns(); k++) {
      sum = sum.add(new BigDecimal(raw.get(r, k)).multiply(new BigDecimal(w.get(j, k))));
    }
    return sum;
  }

  private static BigDecimal exact(Network network, Matrix raw, int r) {
    BigDecimal sum = new BigDecimal(network.outputBias());
    for (int j = 0; j < network.width(); j++) {
      BigDecimal own = score(raw, r, network.hidden(), j, network.bias()[j]);
      boolean on =
          network.model() == Model.GATED
              ? score(raw, r, network.gates(), j, network.gateBias()[j]).signum() >= 0
              : own.signum() > 0;
      sum = on ? sum.add(own.multiply(new BigDecimal(network.output()[j]))) : sum;
    }
    return sum;
  }

  /** The scores are those of the network's numbers; and the network is the one that was folded. */
  @ParameterizedTest(name = "{0}, {1} + {2}")
  @CsvSource({
    "RELU,0,1",
    "RELU,1e6,1",
    "RELU,1e9,3",
    "RELU,1e12,1",
    "RELU,1e14,4",
    "RELU,1.7e18,1e9",
    "GATED,0,1",
    "GATED,1e6,1",
    "GATED,1e9,3",
    "GATED,1e12,1",
    "GATED,1.7e18,1e9"
  })
  void scoresAreExactAndThoseOfTheSolver(Model model, double offset, double spread) {
    for (long seed = 1; seed <= 5; seed++) {
      Observations rows = rows(offset, spread, seed);
      Preprocessing p = Preprocessing.fit(rows, Preprocessing.Options.DEFAULT);
      Neurons neurons = neurons(model, seed);
      Network network = Folding.fold(neurons, p, rows.inputs(), rows.features());
      double[] fit = neurons.predict(p.design(rows.features()));
      double[] scores = network.predict(rows.features());
      for (int r = 0; r < rows.rows(); r++) {
        double exact = exact(network, rows.features(), r).doubleValue();
        assertThat(scores[r]).as("seed %s row %s", seed, r).isCloseTo(exact, within(1e-14));
        assertThat(scores[r] - p.center())
            .as("seed %s row %s", seed, r)
            .isCloseTo(fit[r], within(3e-8));
      }
    }
  }

  /** x, y and x + y on a grid: rows on a gate's border are active, whatever rounding does. */
  @Test
  void rowsOnBordersAreActiveInTheNetworkToo() {
    double[] a = {-0.19999999999999998, 0.1, 0.4};
    double[] b = {-1.5999999999999999, 0.1, 1.8};
    Matrix raw = Matrix.zeros(9, 2);
    for (int r = 0; r < 9; r++) {
      raw.values()[2 * r] = a[r / 3];
      raw.values()[2 * r + 1] = b[r % 3];
    }
    Matrix gates =
        Matrix.ofRows(
            new double[][] {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {-1, 1, 0}, {-1, -1, 0}});
    int[][] whole = {{1, 0}, {-1, 0}, {0, 1}, {1, 1}, {-1, 1}, {-1, -1}};
    Observations rows = new Observations(List.of("a", "b"), raw, new double[9]);
    Preprocessing p = Preprocessing.fit(rows, Preprocessing.Options.DEFAULT);
    Matrix x = p.design(raw);
    Matrix moved = BorderGates.moved(p, raw, x, gates);
    Matrix hidden = Matrix.ofRows(new double[][] {{0, 0, 1}});
    for (int j = 0; j < 6; j++) {
      Neurons one =
          new Neurons(Model.GATED, hidden, new double[] {1}, moved.selectRows(new int[] {j}));
      double[] scores = Folding.fold(one, p, rows.inputs(), raw).predict(raw);
      for (int r = 0; r < 9; r++) {
        int side = whole[j][0] * (r / 3 - 1) + whole[j][1] * (r % 3 - 1);
        assertThat(scores[r]).as("gate %s row %s", j, r).isEqualTo(side >= 0 ? 1 : 0);
      }
    }
  }
}
