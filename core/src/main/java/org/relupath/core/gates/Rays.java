package org.relupath.core.gates;

import java.util.Arrays;
import java.util.function.Consumer;
import org.relupath.core.linalg.Vectors;

/**
 * The lines in which r - 1 independent hyperplanes of a central arrangement in R^r meet: each is
 * two extreme rays of its cells.
 *
 * <p>They are found by going through the subsets of r - 1 hyperplanes in lexicographic order. Where
 * more than r - 1 meet in one line it is found at the first of their independent subsets, which is
 * told from the others by that line alone: any range of subsets can be gone through without the
 * rest.
 */
final class Rays {
  /** |a'z| of unit vectors at most this: z is on the hyperplane of a. */
  static final double ON = 1e-9;

  private final double[][] normals;
  private final int rank;

  /**
   * Rays of an arrangement.
   *
   * @param normals unit vectors of R^r, no two of them on one line, that span it
   * @param rank r >= 1
   */
  Rays(double[][] normals, int rank) {
    this.normals = normals;
    this.rank = rank;
  }

  /**
   * A line of the arrangement.
   *
   * @param direction a unit vector z on it
   * @param on the numbers of the hyperplanes through it, ascending
   * @param frame r - 1 independent ones of these, which span the vectors orthogonal to z; only to
   *     be used while this line is being visited
   */
  @SuppressWarnings("ArrayRecordComponent") // seen once, never compared
  record Ray(double[] direction, int[] on, Frame frame) {}

  /** The number of subsets to go through. */
  long subsets() {
    return Subsets.count(normals.length, rank - 1);
  }

  /** Goes through the subsets from one place up to, and without, another. */
  void visit(long from, long to, Consumer<Ray> visitor) {
    if (from >= to) {
      return;
    }
    Subsets subsets = new Subsets(normals.length, rank - 1, from);
    Frame frame = new Frame(rank);
    for (long subset = from; subset < to; subset++) {
      if (complete(frame, subsets.chosen())) {
        double[] z = frame.normal();
        int[] on = through(z);
        if (isFirst(subsets.chosen(), on)) {
          visitor.accept(new Ray(z, on, frame));
        }
      }
      frame.truncate(subsets.advance());
    }
  }

  /** Appends the chosen normals that the frame does not have yet; false if they are dependent. */
  private boolean complete(Frame frame, int[] chosen) {
    while (frame.size() < chosen.length) {
      if (!frame.append(normals[chosen[frame.size()]])) {
        return false;
      }
    }
    return true;
  }

  private int[] through(double[] z) {
    int[] on = new int[normals.length];
    int count = 0;
    for (int l = 0; l < normals.length; l++) {
      if (Math.abs(Vectors.dot(normals[l], z)) <= ON) {
        on[count++] = l;
      }
    }
    return Arrays.copyOf(on, count);
  }

  /** Whether a subset is the first independent one of the hyperplanes through its line. */
  private boolean isFirst(int[] chosen, int[] on) {
    if (on.length == chosen.length) {
      return true;
    }
    Frame first = new Frame(rank);
    for (int l : on) {
      if (first.append(normals[l]) && chosen[first.size() - 1] != l) {
        return false;
      }
      if (first.size() == chosen.length) {
        return true;
      }
    }
    return false;
  }
}
