package org.relupath.core.gates;

import org.relupath.core.linalg.Vectors;

/**
 * Independent unit vectors a_1, ..., a_k of R^r with an orthonormal basis q_1, ..., q_k of their
 * span: a_j = sum_{i &lt;= j} R_ij q_i, by Gram-Schmidt done twice.
 *
 * <p>Plain Java in a fixed order, no LAPACK: the same vectors give the same bits on every machine.
 */
final class Frame {
  /** A unit vector this close to the span of others depends on them. */
  static final double DEPENDENT = 1e-9;

  private final int dimension;
  private final double[] basis;
  private final double[] triangle;
  private int size;

  /** No vectors of R^r yet. */
  Frame(int dimension) {
    this.dimension = dimension;
    this.basis = new double[dimension * dimension];
    this.triangle = new double[dimension * dimension];
  }

  /** k. */
  int size() {
    return size;
  }

  /** Forgets all vectors but the first so many. */
  void truncate(int kept) {
    size = Math.min(size, kept);
  }

  /** Appends a unit vector; false, and nothing happens, if it depends on those before. */
  boolean append(double[] vector) {
    if (size == dimension) {
      return false;
    }
    int at = size * dimension;
    System.arraycopy(vector, 0, basis, at, dimension);
    java.util.Arrays.fill(triangle, at, at + dimension, 0);
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < size; i++) {
        double product = Vectors.dot(basis, i * dimension, basis, at, dimension);
        triangle[at + i] += product;
        Vectors.axpy(-product, basis, i * dimension, basis, at, dimension);
      }
    }
    double rest = Vectors.norm(basis, at, dimension);
    if (!(rest > DEPENDENT)) {
      return false;
    }
    triangle[at + size] = rest;
    Vectors.scale(1 / rest, basis, at, dimension);
    size++;
    return true;
  }

  /** The coordinates q_i'x, k of them. */
  double[] coordinates(double[] x) {
    double[] inside = new double[size];
    for (int i = 0; i < size; i++) {
      inside[i] = Vectors.dot(basis, i * dimension, x, 0, dimension);
    }
    return inside;
  }

  /** The vector of R^r with the given coordinates. */
  double[] embed(double[] coordinates) {
    double[] x = new double[dimension];
    for (int i = 0; i < size; i++) {
      Vectors.axpy(coordinates[i], basis, i * dimension, x, 0, dimension);
    }
    return x;
  }

  /** The unit vector e of the span with a_i'e = 0 for i != j and a_j'e > 0: R'(Q'e) ~ e_j. */
  double[] dual(int j) {
    double[] inside = new double[size];
    for (int i = j; i < size; i++) {
      double sum = i == j ? 1 : 0;
      for (int k = j; k < i; k++) {
        sum -= triangle[i * dimension + k] * inside[k];
      }
      inside[i] = sum / triangle[i * dimension + i];
    }
    Vectors.scale(1 / Vectors.norm(inside), inside, 0, size);
    return embed(inside);
  }

  /** A frame of the vectors orthogonal to all of these. */
  Frame complement() {
    Frame all = new Frame(dimension);
    for (int i = 0; i < size; i++) {
      all.append(java.util.Arrays.copyOfRange(basis, i * dimension, (i + 1) * dimension));
    }
    Frame rest = new Frame(dimension);
    while (all.size < dimension) {
      // The axis farthest from the span so far: at least 1/sqrt(r) away.
      all.append(all.farthestAxis());
      int at = (all.size - 1) * dimension;
      rest.append(java.util.Arrays.copyOfRange(all.basis, at, at + dimension));
    }
    return rest;
  }

  private double[] farthestAxis() {
    int farthest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < dimension; k++) {
      double inside = 0;
      for (int i = 0; i < size; i++) {
        inside += basis[i * dimension + k] * basis[i * dimension + k];
      }
      if (inside < least) {
        least = inside;
        farthest = k;
      }
    }
    double[] axis = new double[dimension];
    axis[farthest] = 1;
    return axis;
  }

  /** A unit vector orthogonal to k = r - 1 vectors. */
  double[] normal() {
    double[] axis = farthestAxis();
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < size; i++) {
        double product = Vectors.dot(basis, i * dimension, axis, 0, dimension);
        Vectors.axpy(-product, basis, i * dimension, axis, 0, dimension);
      }
    }
    Vectors.scale(1 / Vectors.norm(axis), axis, 0, dimension);
    return axis;
  }
}
