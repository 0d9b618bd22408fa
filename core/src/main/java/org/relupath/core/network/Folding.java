package org.relupath.core.network;

import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.linalg.AffineScore;
import org.relupath.core.linalg.TwofoldSum;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Model;

/**
 * Folds preprocessing into a network and takes it out again: with x = (encoded - mean) / scale,
 *
 * <pre>x'w + w_ones = encoded'(w / scale) + (w_ones - mean'(w / scale)).</pre>
 */
public final class Folding {
  /** Relative to the terms of a bias, what is left of their sum where nothing should be. */
  private static final double ROUNDING = 1e-9;

  /** Relative to the weights, a rounding of the bias that no result is felt by. */
  private static final double FELT = 0x1p-42;

  /** What a move by a unit in the last place changes, relatively. */
  private static final double ROUNDED = 0x1p-52;

  private static final double TWO_64 = 0x1p64;

  private Folding() {}

  /**
   * The network on raw features that computes what {@code neurons} compute on X.
   *
   * @param neurons a network on the columns of X
   * @param preprocessing how X was made
   * @param inputs the raw features' names
   * @param raw rows on which gates must stay on the side they are on: the training rows
   */
  public static Network fold(
      Neurons neurons, Preprocessing preprocessing, List<String> inputs, Design raw) {
    return fold(neurons, preprocessing, inputs, raw, preprocessing.design(raw));
  }

  /**
   * The network on raw features that computes what {@code neurons} compute on X, for callers that
   * have X.
   *
   * @param neurons a network on the columns of X
   * @param preprocessing how X was made
   * @param inputs the raw features' names
   * @param raw rows on which gates must stay on the side they are on: the training rows
   * @param x X, {@code preprocessing.design(raw)}
   */
  public static Network fold(
      Neurons neurons, Preprocessing preprocessing, List<String> inputs, Design raw, Design x) {
    Design encoded = preprocessing.preparation().encode(raw);
    Affine hidden = fold(neurons.hidden(), preprocessing);
    boolean gated = neurons.model() == Model.GATED;
    Affine gates =
        gated
            ? keepSides(fold(neurons.gates(), preprocessing), neurons.gates(), x, encoded)
            : new Affine(Matrix.zeros(0, 0), new double[0]);
    return new Network(
        neurons.model(),
        inputs,
        hidden.slope,
        hidden.bias,
        neurons.output().clone(),
        preprocessing.center(),
        preprocessing.labels(),
        gates.slope,
        gates.bias,
        preprocessing);
  }

  /**
   * A network that was trained on standardised columns, as one on raw features that carries how
   * they were standardised, where nothing but its biases says whether it has an intercept: it has
   * where one of them is not zero.
   *
   * @param trained takes z = (encoded - mean) / scale, and carries no preprocessing
   * @param mean one a column
   * @param scale one a column, above 0
   * @param raw rows on which gates must stay on the side they are on
   */
  public static Network fold(Network trained, double[] mean, double[] scale, Design raw) {
    boolean intercept = anyNonzero(trained.bias()) || anyNonzero(trained.gateBias());
    return fold(trained, mean, scale, intercept, raw);
  }

  /**
   * A network that was trained on standardised columns, as one on raw features that carries how
   * they were standardised.
   *
   * @param trained takes z = (encoded - mean) / scale, and carries no preprocessing
   * @param mean one a column
   * @param scale one a column, above 0
   * @param intercept whether it was trained with biases of its neurons; without, all are zero
   * @param raw rows on which gates must stay on the side they are on
   */
  public static Network fold(
      Network trained, double[] mean, double[] scale, boolean intercept, Design raw) {
    Preprocessing preprocessing =
        new Preprocessing(
            mean, scale, intercept, trained.outputBias(), trained.labels(), trained.preparation());
    boolean gated = trained.model() == Model.GATED;
    Neurons neurons =
        new Neurons(
            trained.model(),
            intercept ? beside(trained.hidden(), trained.bias()) : trained.hidden(),
            trained.output(),
            gated && intercept ? beside(trained.gates(), trained.gateBias()) : trained.gates());
    return fold(neurons, preprocessing, trained.inputs(), raw).with(trained.calibration());
  }

  private static boolean anyNonzero(double[] values) {
    return Arrays.stream(values).anyMatch(value -> value != 0);
  }

  /** A matrix with one more column. */
  private static Matrix beside(Matrix matrix, double[] last) {
    int d = matrix.columns();
    Matrix wider = Matrix.zeros(matrix.rows(), d + 1);
    for (int j = 0; j < matrix.rows(); j++) {
      System.arraycopy(matrix.values(), j * d, wider.values(), j * (d + 1), d);
      wider.values()[j * (d + 1) + d] = last[j];
    }
    return wider;
  }

  /**
   * The neurons on the columns of X that a network of ours was folded from, by its own
   * preprocessing.
   *
   * @throws IllegalArgumentException if the network carries no preprocessing, or a bias that a
   *     preprocessing without intercept cannot have made
   */
  public static Neurons unfold(Network network) {
    Preprocessing preprocessing = network.preprocessing();
    if (preprocessing == null) {
      throw new IllegalArgumentException("the network carries no preprocessing to undo");
    }
    Matrix gates =
        network.model() == Model.GATED
            ? unfold(network.gates(), network.gateBias(), preprocessing)
            : Matrix.zeros(0, 0);
    Matrix hidden = unfold(network.hidden(), network.bias(), preprocessing);
    return new Neurons(network.model(), hidden, network.output().clone(), gates);
  }

  @SuppressWarnings("ArrayRecordComponent") // a pair on its way, never compared
  private record Affine(Matrix slope, double[] bias) {}

  private static Affine fold(Matrix w, Preprocessing p) {
    int inputs = p.mean().length;
    Matrix slope = Matrix.zeros(w.rows(), inputs);
    double[] bias = new double[w.rows()];
    for (int j = 0; j < w.rows(); j++) {
      for (int k = 0; k < inputs; k++) {
        slope.values()[j * inputs + k] = w.get(j, k) / p.scale()[k];
      }
      double size = Vectors.norm(w.values(), j * w.columns(), w.columns());
      bias[j] = bias(slope.values(), j * inputs, p, p.intercept() ? w.get(j, inputs) : 0, size);
    }
    return new Affine(slope, bias);
  }

  /**
   * ones - mean'slope, rounded. Of columns far from zero the rounding would be felt: then the slope
   * that weighs most moves by units in its last place, to where the sum falls near a number that
   * can be written.
   *
   * @param slope of one neuron, from {@code at} on; changed
   * @param size what rounding is measured against: the length of the unfolded weights
   */
  private static double bias(double[] slope, int at, Preprocessing p, double ones, double size) {
    int heaviest = at;
    for (int k = 0; k < p.mean().length; k++) {
      boolean more =
          Math.abs(p.mean()[k] * slope[at + k])
              > Math.abs(p.mean()[heaviest - at] * slope[heaviest]);
      heaviest = more ? at + k : heaviest;
    }
    TwofoldSum sum = shift(slope, at, p, ones);
    double rest = sum.rest();
    if (Math.abs(rest) > FELT * size) {
      double ulp = Math.ulp(sum.value());
      double unit = Math.ulp(slope[heaviest]);
      long moves = moves(rest, -p.mean()[heaviest - at] * unit, ulp, size);
      slope[heaviest] += moves * unit;
    }
    return shift(slope, at, p, ones).value();
  }

  /**
   * The number i of moves by {@code step} that leaves least of a sum that is rounded to multiples
   * of {@code ulp}, while i moves of a number in its last place cost i {@value #ROUNDED}
   * themselves: argmin |(rest + i step) mod ulp| / size + |i| {@value #ROUNDED}. Multiples of 2^-64
   * ulp are counted in whole numbers that wrap.
   */
  private static long moves(double rest, double step, double ulp, double size) {
    double steps = step / ulp;
    long whole = (long) ((steps - Math.rint(steps)) * TWO_64);
    long up = (long) (rest / ulp * TWO_64);
    long down = up;
    double weight = ulp / TWO_64 / size;
    double least = Math.abs(rest) / size;
    long best = 0;
    for (long i = 1; i * ROUNDED < least; i++) {
      up += whole;
      down -= whole;
      double above = Math.abs((double) up) * weight + i * ROUNDED;
      double below = Math.abs((double) down) * weight + i * ROUNDED;
      if (Math.min(above, below) < least) {
        least = Math.min(above, below);
        best = above <= below ? i : -i;
      }
    }
    return best;
  }

  /** ones - mean'slope. */
  private static TwofoldSum shift(double[] slope, int at, Preprocessing p, double ones) {
    TwofoldSum sum = new TwofoldSum();
    sum.add(ones);
    for (int k = 0; k < p.mean().length; k++) {
      sum.addProduct(-p.mean()[k], slope[at + k]);
    }
    return sum;
  }

  private static Matrix unfold(Matrix slope, double[] bias, Preprocessing p) {
    int inputs = p.mean().length;
    Matrix w = Matrix.zeros(slope.rows(), p.dimension());
    TwofoldSum ones = new TwofoldSum();
    for (int j = 0; j < w.rows(); j++) {
      ones.clear();
      ones.add(bias[j]);
      double size = Math.abs(bias[j]);
      for (int k = 0; k < inputs; k++) {
        w.values()[j * w.columns() + k] = slope.get(j, k) * p.scale()[k];
        ones.addProduct(slope.get(j, k), p.mean()[k]);
        size += Math.abs(slope.get(j, k) * p.mean()[k]);
      }
      if (p.intercept()) {
        w.values()[j * w.columns() + inputs] = ones.value();
      } else if (Math.abs(ones.value()) > ROUNDING * size) {
        throw new IllegalArgumentException(
            "bias "
                + j
                + " is "
                + bias[j]
                + ", expected "
                + (bias[j] - ones.value())
                + " of a network whose preprocessing has no intercept");
      }
    }
    return w;
  }

  /**
   * Rounding may carry a training row that lies on a gate's hyperplane to its other side. Every
   * gate with the same pattern means the same, so the hyperplane moves to the middle between the
   * rows on its two sides wherever that happens.
   */
  private static Affine keepSides(Affine folded, Matrix gates, Design x, Design encoded) {
    double[] bias = folded.bias.clone();
    double[] slopes = folded.slope.values();
    int d = x.columns();
    int in = encoded.columns();
    AffineScore score = new AffineScore();
    for (int j = 0; j < gates.rows(); j++) {
      double lowestOn = Double.POSITIVE_INFINITY;
      double highestOff = Double.NEGATIVE_INFINITY;
      boolean moved = false;
      for (int r = 0; r < encoded.rows(); r++) {
        boolean on = x.nonNegative(score, r, gates.values(), j * d, 0);
        double folds = encoded.value(score, r, slopes, j * in, bias[j]);
        moved |= on != folds >= 0;
        lowestOn = on ? Math.min(lowestOn, folds) : lowestOn;
        highestOff = on ? highestOff : Math.max(highestOff, folds);
      }
      if (moved && highestOff < lowestOn) {
        double edge = Double.isInfinite(highestOff) ? lowestOn : 0.5 * (lowestOn + highestOff);
        bias[j] -= Double.isInfinite(lowestOn) ? highestOff + Math.ulp(highestOff) : edge;
      }
    }
    return new Affine(folded.slope, bias);
  }
}
