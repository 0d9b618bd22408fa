package org.relupath.core.network;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;
import org.relupath.core.program.Model;

/**
 * Synthetic rows with a known network behind them: x_r standard normal,
 *
 * <pre>y_r = sum_j a_j (w_j'x_r + b_j)_+ + noise e_r,   e_r standard normal,</pre>
 *
 * with w_j of independent entries of variance 1/D, b_j of variance 1, a_j of variance 1/K: y
 * without noise has a variance of about 1 whatever the size. Row r depends on the seed and on r
 * alone.
 *
 * @param seed which teacher and which rows
 * @param hidden w, K x D
 * @param bias b, K
 * @param output a, K
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record Teacher(long seed, Matrix hidden, double[] bias, double[] output)
    implements java.io.Serializable {
  /**
   * Draws a teacher.
   *
   * @param seed which one
   * @param features D, at least 1
   * @param neurons K, at least 1
   */
  public static Teacher draw(long seed, int features, int neurons) {
    if (features < 1 || neurons < 1) {
      throw new IllegalArgumentException(
          features + " features and " + neurons + " neurons, expected at least one of each");
    }
    Matrix hidden = Matrix.zeros(neurons, features);
    double[] bias = new double[neurons];
    double[] output = new double[neurons];
    for (int j = 0; j < neurons; j++) {
      SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "teacher", j));
      for (int k = 0; k < features; k++) {
        hidden.values()[j * features + k] = Seeds.gaussian(random) / Math.sqrt(features);
      }
      bias[j] = Seeds.gaussian(random);
      output[j] = Seeds.gaussian(random) / Math.sqrt(neurons);
    }
    return new Teacher(seed, hidden, bias, output);
  }

  /**
   * Row r: D features, then the target.
   *
   * @param r its number, from 0
   * @param noise standard deviation of what is added to the target
   */
  public double[] row(long r, double noise) {
    int features = hidden.columns();
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "row", r));
    double[] row = new double[features + 1];
    for (int k = 0; k < features; k++) {
      row[k] = Seeds.gaussian(random);
    }
    double target = noise * Seeds.gaussian(random);
    for (int j = 0; j < hidden.rows(); j++) {
      double score = bias[j];
      for (int k = 0; k < features; k++) {
        score += hidden.get(j, k) * row[k];
      }
      target += output[j] * Math.max(score, 0);
    }
    row[features] = target;
    return row;
  }

  /** The names of the features: x1 to xD. */
  public List<String> inputs() {
    return IntStream.rangeClosed(1, hidden.columns()).mapToObj(k -> "x" + k).toList();
  }

  /** The network behind the rows. */
  public Network network() {
    return new Network(
        Model.RELU,
        inputs(),
        hidden,
        bias,
        output,
        0,
        new double[0],
        Matrix.zeros(0, 0),
        new double[0],
        null);
  }
}
