package org.relupath.core.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Model;

/**
 * Networks that are one function in different clothes: balanced, split, merged and permuted forms.
 *
 * <p>With w_j = |a_j| W_j a neuron computes sign(a_j) (x'w_j)_+ (C-GReLU: sign(a_j) 1[x'g_j >= 0]
 * x'w_j), so only w_j, the sign and the gate matter for the function, while the regularizer is
 *
 * <pre>1/2 (||W_j||^2 + a_j^2) >= |a_j| ||W_j|| = ||w_j||,   equal where ||W_j|| = |a_j|.</pre>
 *
 * <p>The non-convex optimal set is what these forms make of the convex one: the balanced networks
 * of all optimal blocks, with zero neurons, in any order, and with neurons split into positively
 * collinear pieces or merged from such pieces (core/docs/mathematics.md#convex-programs).
 */
public final class NeuronForms {
  private NeuronForms() {}

  /**
   * The balanced form: W_j and a_j scaled by sqrt(|a_j| / ||W_j||) and its inverse, so that ||W_j||
   * = |a_j|. The function stays; every neuron's share of the objective falls to ||w_j||, the least
   * of all scalings, or was there before. A neuron with W_j = 0 or a_j = 0 becomes zero.
   */
  public static Neurons balanced(Neurons neurons) {
    int d = neurons.hidden().columns();
    Matrix hidden = copy(neurons.hidden());
    double[] output = neurons.output().clone();
    for (int j = 0; j < output.length; j++) {
      double length = Vectors.norm(hidden.values(), j * d, d);
      double size = Math.abs(output[j]);
      double root = Math.sqrt(length) * Math.sqrt(size);
      Vectors.scale(length > 0 ? root / length : 0, hidden.values(), j * d, d);
      output[j] = Math.signum(output[j]) * root;
    }
    return new Neurons(neurons.model(), hidden, output, neurons.gates());
  }

  /**
   * Splits neuron j into pieces sqrt(p_i) W_j, sqrt(p_i) a_j, which take its place.
   *
   * <p>Piece i computes p_i times what the neuron did, as the activation is positively homogeneous,
   * and its regularizer is p_i times the neuron's: with sum p_i = 1 neither the function nor the
   * objective changes, balanced or not.
   *
   * @param neurons the network
   * @param j which neuron
   * @param shares the p_i, each >= 0, with sum 1
   */
  public static Neurons split(Neurons neurons, int j, double[] shares) {
    if (j < 0 || j >= neurons.width()) {
      throw new IllegalArgumentException(
          "neuron " + j + " of " + neurons.width() + " cannot be split");
    }
    double sum = 0;
    for (double share : shares) {
      if (!(share >= 0)) {
        throw new IllegalArgumentException("a share is " + share + ", expected at least 0");
      }
      sum += share;
    }
    if (!(Math.abs(sum - 1) <= 1e-12)) {
      throw new IllegalArgumentException("the shares sum to " + sum + ", expected 1");
    }
    int[] source = new int[neurons.width() - 1 + shares.length];
    double[] scale = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      boolean piece = i >= j && i < j + shares.length;
      source[i] = i < j ? i : piece ? j : i - shares.length + 1;
      scale[i] = piece ? Math.sqrt(shares[i - j]) : 1;
    }
    return pick(neurons, source, scale);
  }

  /**
   * Reorders the neurons: neuron i of the result is neuron {@code order[i]}. Function and objective
   * stay, up to the order of sums.
   *
   * @param neurons the network
   * @param order a permutation of 0 to k - 1
   */
  public static Neurons permuted(Neurons neurons, int[] order) {
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < Math.max(sorted.length, neurons.width()); i++) {
      if (i >= sorted.length || i >= neurons.width() || sorted[i] != i) {
        throw new IllegalArgumentException(
            Arrays.toString(order) + " is no permutation of " + neurons.width() + " neurons");
      }
    }
    double[] ones = new double[order.length];
    Arrays.fill(ones, 1);
    return pick(neurons, order, ones);
  }

  /**
   * Merges neurons that are positively collinear, each group into one balanced neuron w = sum_j w_j
   * in the place of its first, and drops zero neurons. C-ReLU neurons merge where their signs agree
   * and the directions of w_j too; C-GReLU neurons where their gate vectors are equal and the
   * directions of sign(a_j) w_j agree.
   *
   * <p>The function stays. The objective of balanced neurons stays too, because ||sum w_j|| = sum
   * ||w_j|| where all w_j lie on one ray; that of others falls to it.
   *
   * @param neurons the network
   * @param tolerance unit vectors at most this far apart are one direction; {@link
   *     org.relupath.core.program.RayMerging#TOLERANCE} for exact solutions
   */
  public static Neurons merged(Neurons neurons, double tolerance) {
    int d = neurons.hidden().columns();
    List<Integer> first = new ArrayList<>();
    List<double[]> sums = new ArrayList<>();
    for (int j = 0; j < neurons.width(); j++) {
      double[] w = product(neurons, j);
      double length = Vectors.norm(w);
      if (length == 0) {
        continue;
      }
      int g = 0;
      while (g < first.size() && !merges(neurons, first.get(g), j, w, tolerance)) {
        g++;
      }
      if (g == first.size()) {
        first.add(j);
        sums.add(w);
      } else {
        Vectors.axpy(1, w, 0, sums.get(g), 0, d);
      }
    }
    return network(neurons, first, sums);
  }

  /** |a_j| W_j, for C-GReLU a_j W_j: what the function and the least regularizer depend on. */
  private static double[] product(Neurons neurons, int j) {
    double[] w = neurons.hidden().row(j);
    double a = neurons.output()[j];
    Vectors.scale(neurons.model() == Model.GATED ? a : Math.abs(a), w, 0, w.length);
    return w;
  }

  private static boolean merges(Neurons neurons, int i, int j, double[] w, double tolerance) {
    boolean alike =
        neurons.model() == Model.GATED
            ? Arrays.equals(neurons.gates().row(i), neurons.gates().row(j))
            : neurons.output()[i] > 0 == neurons.output()[j] > 0;
    if (!alike) {
      return false;
    }
    double[] difference = unit(product(neurons, i));
    Vectors.axpy(-1, unit(w), 0, difference, 0, w.length);
    return Vectors.norm(difference) <= tolerance;
  }

  private static double[] unit(double[] w) {
    double[] unit = w.clone();
    double length = Vectors.norm(w);
    for (int k = 0; k < unit.length; k++) {
      unit[k] /= length;
    }
    return unit;
  }

  private static Neurons network(Neurons neurons, List<Integer> first, List<double[]> sums) {
    boolean gated = neurons.model() == Model.GATED;
    Neurons merged =
        pick(
            neurons, first.stream().mapToInt(Integer::intValue).toArray(), new double[sums.size()]);
    int d = neurons.hidden().columns();
    for (int g = 0; g < sums.size(); g++) {
      double root = Math.sqrt(Vectors.norm(sums.get(g)));
      Vectors.axpy(1 / root, sums.get(g), 0, merged.hidden().values(), g * d, d);
      merged.output()[g] = gated ? root : Math.copySign(root, neurons.output()[first.get(g)]);
    }
    return merged;
  }

  private static Neurons pick(Neurons neurons, int[] source, double[] scale) {
    int d = neurons.hidden().columns();
    Matrix hidden = neurons.hidden().selectRows(source);
    double[] output = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      Vectors.scale(scale[i], hidden.values(), i * d, d);
      output[i] = scale[i] * neurons.output()[source[i]];
    }
    Matrix gates =
        neurons.model() == Model.GATED ? neurons.gates().selectRows(source) : neurons.gates();
    return new Neurons(neurons.model(), hidden, output, gates);
  }

  private static Matrix copy(Matrix matrix) {
    return new Matrix(matrix.rows(), matrix.columns(), matrix.values().clone());
  }
}
