package org.relupath.core.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;

/** Bits of gates that are within rounding of rows, against exact sums. */
class PatternReaderTest {
  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsTheSignOfTheExactSum(long seed) {
    Random random = new Random(seed);
    int n = 40;
    int d = 2 + random.nextInt(6);
    double size = Math.pow(10, random.nextInt(5) * 75 - 150);
    // Products of a fifth of the seeds underflow.
    double small = seed % 5 == 4 ? 1e-310 : 1;
    Matrix x = Matrix.zeros(n, d);
    double[] gate = new double[d];
    for (int k = 0; k < d; k++) {
      gate[k] = seed % 3 == 0 ? random.nextInt(5) - 2 : random.nextGaussian() / size * small;
    }
    for (int r = 0; r < n; r++) {
      double sum = 0;
      for (int k = 0; k < d - 1; k++) {
        double value = seed % 2 == 0 ? random.nextInt(7) - 3 : random.nextGaussian();
        x.values()[r * d + k] = value * size;
        sum += x.values()[r * d + k] * gate[k];
      }
      // So that the whole sum is nothing but rounding, or zero.
      double last = gate[d - 1] == 0 ? 0 : -sum / gate[d - 1];
      x.values()[r * d + d - 1] = last + (random.nextInt(5) - 2) * Math.ulp(last);
    }
    long[] bits = new PatternReader(x).pattern(gate);
    for (int r = 0; r < n; r++) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int k = 0; k < d; k++) {
        sum = sum.add(new BigDecimal(x.get(r, k)).multiply(new BigDecimal(gate[k])));
      }
      assertThat((bits[0] >>> r & 1) != 0).as("row " + r).isEqualTo(sum.signum() >= 0);
    }
  }
}
