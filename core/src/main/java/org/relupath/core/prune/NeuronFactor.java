package org.relupath.core.prune;

import java.util.Arrays;
import org.relupath.core.linalg.Vectors;

/**
 * The factorisation A = Q R of the fits of some neurons, kept as Q and S = R^-1 while neurons come
 * and go.
 *
 * <p>With A'A = R'R the inverse Gram matrix is S S', so that each question of pruning is an inner
 * product of rows of S: the distance of fit i from the span of the others is 1 / ||s_i||, and the
 * coefficients of the others nearest to it are -(s_i's_l) / ||s_i||^2.
 *
 * <p>Columns of A are fits scaled to length one over a ridge of {@value #RIDGE}: {@code [m_b /
 * ||m_b||; RIDGE e_b]}. So dependent fits and zero fits have a factorisation like any other. Where
 * fits are dependent the least-squares coefficients are those of least norm, the distance is the
 * ridge's and not quite zero, and fits move by rounding only. Independent fits feel the ridge by
 * the square of its ratio to their smallest singular value: not at all above 1e-2, by 1e-2 at 1e-9.
 *
 * <p>A column is appended by Gram-Schmidt, twice. To remove neuron i, Givens rotations turn the
 * direction of s_i, which is orthogonal to all other columns, into the last of Q and drop it.
 */
final class NeuronFactor {
  /** Far below the length one of a column, and its square at rounding. */
  private static final double RIDGE = 1e-10;

  private final NeuronFits fits;
  private final int length;

  /** ||m_b||, or 1 for a fit that is zero. */
  private final double[] scale;

  private final int[] neuron;
  private final double[][] q;
  private final double[][] s;
  private int size;

  /** The factorisation for no neuron yet. */
  NeuronFactor(NeuronFits fits) {
    this(fits, scales(fits));
  }

  private NeuronFactor(NeuronFits fits, double[] scale) {
    this.fits = fits;
    this.length = fits.n() + fits.size();
    this.scale = scale;
    this.neuron = new int[fits.size()];
    this.q = new double[fits.size()][];
    this.s = new double[fits.size()][];
  }

  private static double[] scales(NeuronFits fits) {
    double[] scale = new double[fits.size()];
    for (int b = 0; b < scale.length; b++) {
      double norm = fits.norm(b);
      scale[b] = norm > 0 ? norm : 1;
    }
    return scale;
  }

  /** A copy that changes on its own. */
  NeuronFactor copy() {
    NeuronFactor copy = new NeuronFactor(fits, scale);
    copy.size = size;
    for (int i = 0; i < size; i++) {
      copy.neuron[i] = neuron[i];
      copy.q[i] = q[i].clone();
      copy.s[i] = s[i].clone();
    }
    return copy;
  }

  /** The neurons held, in the order of their entry. */
  int[] neurons() {
    return Arrays.copyOf(neuron, size);
  }

  /** Adds a neuron that is not held. */
  void append(int b) {
    double[] column = new double[length];
    Vectors.axpy(1 / scale[b], fits.columns(), b * fits.n(), column, 0, fits.n());
    column[fits.n() + b] = RIDGE;
    double[] r = new double[size];
    orthogonalise(column, r);
    orthogonalise(column, r);
    double rho = Vectors.norm(column);
    Vectors.scale(1 / rho, column, 0, length);
    for (int i = 0; i < size; i++) {
      s[i][size] = -Vectors.dot(s[i], i, r, i, size - i) / rho;
    }
    neuron[size] = b;
    q[size] = column;
    s[size] = new double[fits.size()];
    s[size][size] = 1 / rho;
    size++;
  }

  private void orthogonalise(double[] column, double[] r) {
    for (int l = 0; l < size; l++) {
      double along = Vectors.dot(q[l], column);
      Vectors.axpy(-along, q[l], 0, column, 0, length);
      r[l] += along;
    }
  }

  /** Removes a neuron that is held. */
  void remove(int b) {
    int i = position(b);
    double[] direction = s[i];
    for (int p = i; p < size - 1; p++) {
      neuron[p] = neuron[p + 1];
      s[p] = s[p + 1];
    }
    size--;
    for (int l = i; l < size; l++) {
      double length = Math.hypot(direction[l], direction[l + 1]);
      double cosine = direction[l + 1] / length;
      double sine = direction[l] / length;
      direction[l + 1] = length;
      rotate(q[l], q[l + 1], cosine, sine);
      for (int p = 0; p <= l; p++) {
        double left = s[p][l];
        double right = s[p][l + 1];
        s[p][l] = cosine * left - sine * right;
        s[p][l + 1] = sine * left + cosine * right;
      }
    }
    for (int p = 0; p < size; p++) {
      s[p][size] = 0;
    }
    q[size] = null;
    s[size] = null;
  }

  private static void rotate(double[] a, double[] b, double cosine, double sine) {
    for (int r = 0; r < a.length; r++) {
      double left = a[r];
      a[r] = cosine * left - sine * b[r];
      b[r] = sine * left + cosine * b[r];
    }
  }

  /** The distance of m_b from the span of the other fits held. */
  double distance(int b) {
    int i = position(b);
    return scale[b] / Vectors.norm(s[i], i, size - i);
  }

  /**
   * The change of norms that loses neuron b at the least change of fit: z minimises ||M z|| among
   * all with z_b = 1 (k entries, 0 for neurons that are not held).
   */
  double[] dependency(int b) {
    int i = position(b);
    double whole = Vectors.dot(s[i], i, s[i], i, size - i);
    double[] z = new double[fits.size()];
    for (int l = 0; l < size; l++) {
      int from = Math.max(i, l);
      double ratio = Vectors.dot(s[i], from, s[l], from, size - from) / whole;
      z[neuron[l]] = ratio * scale[b] / scale[neuron[l]];
    }
    z[b] = 1;
    return z;
  }

  /**
   * The minimiser of 1/2 ||M z - target||^2 + cost sum z over the neurons held (k entries, 0 for
   * the others): z = S (Q' target - S' cost).
   */
  double[] solve(double[] target, double cost) {
    double[] coordinates = new double[size];
    for (int l = 0; l < size; l++) {
      coordinates[l] = Vectors.dot(q[l], 0, target, 0, fits.n());
    }
    double[] projected = coordinates.clone();
    for (int i = 0; i < size; i++) {
      Vectors.axpy(-cost / scale[neuron[i]], s[i], i, projected, i, size - i);
    }
    double[] z = new double[fits.size()];
    for (int i = 0; i < size; i++) {
      z[neuron[i]] = Vectors.dot(s[i], i, projected, i, size - i) / scale[neuron[i]];
    }
    return z;
  }

  private int position(int b) {
    for (int i = 0; i < size; i++) {
      if (neuron[i] == b) {
        return i;
      }
    }
    throw new IllegalArgumentException("neuron " + b + " is not in the factorisation");
  }
}
