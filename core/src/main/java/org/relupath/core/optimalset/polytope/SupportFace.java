package org.relupath.core.optimalset.polytope;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.linalg.Vectors;

/**
 * The face {x >= 0 : x_b = 0 off S_max} that holds the whole polytope, and a member inside it, in
 * coordinates of unit columns of sum one at the anchor.
 *
 * @param support S_max, ascending
 * @param space its columns
 * @param inner a member, positive on the support, |S_max| entries: the analytic center where the
 *     dimension is positive and else the anchor
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
record SupportFace(int[] support, ColumnSpace space, double[] inner) {

  /**
   * Restricts a polytope to the maximal support.
   *
   * <p>The member found with that support may have up to the tolerance off it. The anchor x0 has
   * not, so the member's difference to it is projected onto the null space of the face; a
   * coordinate that this does not leave positive was never more than that tolerance, and goes.
   */
  static SupportFace of(PolytopeInput input, double[] x0, MaximalSupport maximal) {
    int[] support = IntStream.range(0, x0.length).filter(b -> maximal.members()[b]).toArray();
    while (true) {
      ColumnSpace space = input.restrict(support).space();
      double[] inner = project(select(x0, support), select(maximal.interior(), support), space);
      int[] positive = IntStream.range(0, inner.length).filter(i -> inner[i] > 0).toArray();
      if (positive.length == inner.length) {
        boolean free = space.dependencies() > 0;
        return new SupportFace(
            support, space, free ? AnalyticCenter.from(inner, space.basis()) : inner);
      }
      int[] before = support;
      support = Arrays.stream(positive).map(i -> before[i]).toArray();
    }
  }

  /** Affine coordinates of the face, relative to {@link #inner}. */
  AffineCoordinates affine() {
    double[] ones = new double[support.length];
    Arrays.fill(ones, 1);
    boolean free = space.dependencies() > 0;
    return AffineCoordinates.of(
        ones, free ? AnalyticCenter.relativeBasis(inner, space.basis()).values() : new double[0]);
  }

  private static double[] project(double[] x0, double[] interior, ColumnSpace space) {
    if (space.dependencies() == 0) {
      return x0;
    }
    AffineCoordinates affine = AffineCoordinates.of(x0, space.basis());
    double[] inner = x0.clone();
    Vectors.axpy(1, affine.displacement(affine.coordinates(interior)), 0, inner, 0, inner.length);
    return inner;
  }

  private static double[] select(double[] values, int[] at) {
    return Arrays.stream(at).mapToDouble(b -> values[b]).toArray();
  }
}
