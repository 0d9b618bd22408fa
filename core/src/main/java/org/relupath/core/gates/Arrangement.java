package org.relupath.core.gates;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Svd;
import org.relupath.core.linalg.Vectors;

/**
 * The central arrangement of the hyperplanes {z : x_r'z = 0} in the row space of X, where its cells
 * are pointed cones; and the way from there back to the rows and columns of X.
 */
final class Arrangement implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** Unit normals this close to a coincidence are in it. */
  private static final double COINCIDENT = 1e-9;

  /** Unit vectors that are no further apart have a larger product: their distance is looked at. */
  private static final double NEARLY = 0.999;

  /** What is thrown where rounding decides on which side of a hyperplane something is. */
  static final String TOO_CLOSE =
      "X is too close to degenerate to enumerate: a cell is thinner than rounding";

  /** Row r is side[r] times the unit normal number line[r]; a zero row has side 0. */
  private final int[] line;

  private final int[] side;
  private final ArrayList<double[]> lines;
  private final int rank;

  /** An orthonormal basis of the row space (d x r, column-major). */
  private final double[] basis;

  private final int d;

  private Arrangement(double[][] rows, int rank, double[] basis, int d) {
    this.line = new int[rows.length];
    this.side = new int[rows.length];
    this.lines = new ArrayList<>();
    this.rank = rank;
    this.basis = basis;
    this.d = d;
    for (int r = 0; r < rows.length; r++) {
      double length = Vectors.norm(rows[r]);
      if (length > COINCIDENT) {
        Vectors.scale(1 / length, rows[r], 0, rank);
        place(r, rows[r]);
      }
    }
  }

  private void place(int r, double[] normal) {
    for (int l = 0; l < lines.size(); l++) {
      double product = Vectors.dot(lines.get(l), normal);
      int s = product > 0 ? 1 : -1;
      if (Math.abs(product) > NEARLY && distance(normal, s, lines.get(l)) <= COINCIDENT) {
        line[r] = l;
        side[r] = s;
        return;
      }
    }
    line[r] = lines.size();
    side[r] = 1;
    lines.add(normal);
  }

  /** ||a - s b||. */
  private static double distance(double[] a, int s, double[] b) {
    double[] difference = a.clone();
    Vectors.axpy(-s, b, 0, difference, 0, a.length);
    return Vectors.norm(difference);
  }

  /** The arrangement of the rows of X. */
  static Arrangement of(Matrix x) {
    int n = x.rows();
    int d = x.columns();
    double[] unit = new double[n * d];
    for (int r = 0; r < n; r++) {
      double[] row = x.row(r);
      double length = Vectors.norm(row);
      for (int k = 0; k < d && length > 0; k++) {
        unit[k * n + r] = row[k] / length;
      }
    }
    Svd svd = Svd.of(n, d, unit);
    int rank = svd.values().length == 0 || svd.values()[0] == 0 ? 0 : svd.rank(COINCIDENT);
    double[] basis = java.util.Arrays.copyOf(svd.nullSpace(0), d * rank);
    double[][] rows = new double[n][rank];
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < rank; j++) {
        for (int k = 0; k < d; k++) {
          rows[r][j] += unit[k * n + r] * basis[j * d + k];
        }
      }
    }
    return new Arrangement(rows, rank, basis, d);
  }

  /** r. */
  int rank() {
    return rank;
  }

  /** The unit normals of the distinct hyperplanes, in the order of their first rows. */
  List<double[]> lines() {
    return lines;
  }

  /** The rows that are zero, and so tight everywhere. */
  BitSet zeroRows() {
    BitSet zero = new BitSet();
    for (int r = 0; r < side.length; r++) {
      zero.set(r, side[r] == 0);
    }
    return zero;
  }

  /** 1[X z >= 0] for z in the cell on the given sides of the hyperplanes. */
  long[] pattern(BitSet cell) {
    long[] bits = new long[(side.length + 63) / 64];
    for (int r = 0; r < side.length; r++) {
      if (side[r] == 0 || side[r] > 0 == cell.get(line[r])) {
        bits[r >> 6] |= 1L << r;
      }
    }
    return bits;
  }

  /** The pattern of the cell opposite to one: the other rows active, and the zero ones. */
  long[] mirrored(long[] bits) {
    long[] mirrored = new long[bits.length];
    for (int r = 0; r < side.length; r++) {
      if (side[r] == 0 || (bits[r >> 6] >>> r & 1L) == 0) {
        mirrored[r >> 6] |= 1L << r;
      }
    }
    return mirrored;
  }

  /** The vector of length one in R^d that has the given direction in the row space. */
  double[] embed(double[] z) {
    double[] gate = new double[d];
    for (int j = 0; j < rank; j++) {
      Vectors.axpy(z[j], basis, j * d, gate, 0, d);
    }
    double length = Vectors.norm(gate);
    Vectors.scale(length > 0 ? 1 / length : 0, gate, 0, d);
    return gate;
  }

  /** Every cell, as the set of hyperplanes on whose positive side it is. */
  List<BitSet> signs() {
    return LocalCells.of(lines.toArray(double[][]::new), rank).stream()
        .map(LocalCells.LocalCell::positive)
        .toList();
  }

  /** The arrangement on one of the hyperplanes, on which its rows are zero. */
  Arrangement restrict(double[] normal) {
    Frame line = new Frame(rank);
    line.append(normal);
    Frame across = line.complement();
    double[][] rows = new double[side.length][rank - 1];
    for (int r = 0; r < rows.length; r++) {
      if (side[r] != 0) {
        rows[r] = across.coordinates(lines.get(this.line[r]));
        Vectors.scale(side[r], rows[r], 0, rank - 1);
      }
    }
    return new Arrangement(rows, rank - 1, new double[0], 0);
  }
}
