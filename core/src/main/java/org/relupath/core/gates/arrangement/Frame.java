package org.relupath.core.gates.arrangement;

import org.relupath.core.linalg.Vectors;

/**
 * Unit vectors a_1, ..., a_k of R^r that rounding leaves no doubt are independent, with an
 * orthonormal basis q_1, ..., q_k of their span: a_j = sum_{i &lt;= j} R_ij q_i, by Gram-Schmidt
 * done twice.
 *
 * <p>The vectors are known to a few roundoffs u, and so is a_j - sum_i R_ij q_i; with the smallest
 * singular value of R at least 0.6 prod_i R_ii, which holds where columns have length one,
 * directions that are computed from the frame are within 40 r^2.5 u / prod_i R_ii of the true ones.
 *
 * <p>Plain Java in a fixed order, no LAPACK: the same vectors give the same bits on every machine.
 */
final class Frame {
  private final int dimension;
  private final double roundoff;
  private final double[] basis;
  private final double[] triangle;

  /** prod_{i &lt;= k} R_ii. */
  private final double[] volume;

  private int size;

  /** No vectors of R^r yet. */
  Frame(int dimension) {
    this.dimension = dimension;
    this.roundoff = 40 * Math.pow(dimension, 2.5) * IntegerRows.UNIT;
    this.basis = new double[dimension * dimension];
    this.triangle = new double[dimension * dimension];
    this.volume = new double[dimension + 1];
    this.volume[0] = 1;
  }

  /** k. */
  int size() {
    return size;
  }

  /** Forgets all vectors but the first so many. */
  void truncate(int kept) {
    size = Math.min(size, kept);
  }

  /** How far a unit vector that was computed from the frame may be from the true one. */
  double error() {
    return roundoff / volume[size];
  }

  /** Appends a unit vector; false, and nothing happens, if it may depend on those before. */
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
    if (!(rest > 4 * error())) {
      return false;
    }
    triangle[at + size] = rest;
    Vectors.scale(1 / rest, basis, at, dimension);
    volume[size + 1] = volume[size] * rest;
    size++;
    return true;
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
    double[] e = new double[dimension];
    for (int i = 0; i < size; i++) {
      Vectors.axpy(inside[i], basis, i * dimension, e, 0, dimension);
    }
    Vectors.scale(1 / Vectors.norm(e), e, 0, dimension);
    return e;
  }

  private int farthestAxis() {
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
    return farthest;
  }

  /** A unit vector orthogonal to k = r - 1 vectors. */
  double[] normal() {
    double[] axis = new double[dimension];
    axis[farthestAxis()] = 1;
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
