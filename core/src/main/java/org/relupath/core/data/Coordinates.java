package org.relupath.core.data;

import org.relupath.core.linalg.Vectors;

/**
 * Coordinates z of directions w (d entries) in which searches for patterns work: what is random,
 * and what is alike, is so in them. A {@link Whitening} makes X'X n times the identity; {@link
 * ColumnScales}, of a sparse X, its diagonal alone.
 */
public sealed interface Coordinates extends java.io.Serializable permits Whitening, ColumnScales {
  /** The number of coordinates. */
  int rank();

  /** d, the number of columns of X. */
  int columns();

  /** What files call them. */
  String label();

  /** The shortest w with coordinates z (d entries). */
  double[] direction(double[] z);

  /** The z of a direction w: those of its part in the row space of X where that is smaller. */
  double[] coordinates(double[] w);

  /** The row q that a row x of X becomes: q'z = x'w. */
  double[] whitened(double[] row);

  /** What rows of d entries become, one a row. */
  Design rows(Design x);

  /** The coordinates scaled to length one; zero where X w = 0. */
  default double[] unitCoordinates(double[] w) {
    double[] z = coordinates(w);
    double length = Vectors.norm(z);
    Vectors.scale(length > 0 ? 1 / length : 0, z, 0, z.length);
    return z;
  }
}
