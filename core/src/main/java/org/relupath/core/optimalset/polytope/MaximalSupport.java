package org.relupath.core.optimalset.polytope;

import org.relupath.core.linalg.Vectors;

/**
 * S_max, the union of the supports of all members of {x >= 0 : U x = U x0}, with the figures that
 * decide it.
 *
 * <p>Linear programs: maximise the sum of the coordinates not seen positive yet, let those join
 * that are positive at the answer, and repeat until that sum's maximum is zero. The last maximum
 * bounds every coordinate that is left out; every coordinate that is in is positive at a member
 * found. Coordinates are those of unit columns, divided by their sum at the anchor.
 *
 * @param members whether each of the m coordinates is in S_max
 * @param interior a member that is positive on all of S_max, m entries
 * @param smallestKept the least, over S_max, of the largest value found
 * @param largestDropped a bound of what every other coordinate can reach, 0 where there is none
 * @param certain whether the two lie a factor of a thousand apart
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record MaximalSupport(
    boolean[] members,
    double[] interior,
    double smallestKept,
    double largestDropped,
    boolean certain) {

  /** Finds S_max from the anchor x0 >= 0 of sum 1 in the coordinates of unit columns. */
  static MaximalSupport of(ColumnSpace space, double[] x0) {
    int m = space.columns();
    double tolerance = space.rank().tolerance();
    double[] sum = x0.clone();
    double[] largest = x0.clone();
    int points = 1;
    double dropped = 0;
    AffineCoordinates affine = AffineCoordinates.of(x0, space.basis());
    while (affine.dimension() > 0 && affine.inequalities().count() > 0) {
      double[] objective = new double[m];
      for (int b = 0; b < m; b++) {
        objective[b] = largest[b] <= tolerance ? 1 : 0;
      }
      double[] start = sum.clone();
      Vectors.scale(1.0 / points, start, 0, m);
      FeasibleAscent.Optimum best =
          new FeasibleAscent(affine.inequalities(), affine.coordinates(start))
              .maximise(affine.gradient(objective));
      double[] x = affine.at(best);
      dropped = Vectors.dot(objective, x);
      boolean joins = false;
      for (int b = 0; b < m; b++) {
        joins |= largest[b] <= tolerance && x[b] > tolerance;
        largest[b] = Math.max(largest[b], x[b]);
      }
      if (!joins) {
        break;
      }
      Vectors.axpy(1, x, 0, sum, 0, m);
      points++;
    }
    Vectors.scale(1.0 / points, sum, 0, m);
    return decide(x0, largest, sum, dropped, tolerance);
  }

  /** What exceeds the tolerance is in, and so is what the anchor itself has. */
  private static MaximalSupport decide(
      double[] x0, double[] largest, double[] interior, double dropped, double tolerance) {
    boolean[] members = new boolean[x0.length];
    double smallestKept = Double.POSITIVE_INFINITY;
    boolean any = false;
    for (int b = 0; b < x0.length; b++) {
      members[b] = x0[b] > 0 || largest[b] > tolerance;
      if (members[b]) {
        smallestKept = Math.min(smallestKept, largest[b]);
      } else {
        any = true;
        interior[b] = 0;
      }
    }
    double bound = any ? Math.max(0, dropped) : 0;
    boolean certain = Rank.apart(smallestKept, bound, tolerance);
    return new MaximalSupport(members, interior, smallestKept, bound, certain);
  }
}
