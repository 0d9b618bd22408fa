package org.relupath.core.gates;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Svd;
import org.relupath.core.linalg.Vectors;

/**
 * The central arrangement of the hyperplanes {z : x_r'z = 0} in the row space of X, where its cells
 * are pointed cones.
 *
 * <p>Every cell is the sum of its extreme rays, and a ray is where r - 1 independent hyperplanes
 * meet: {@link #cells} goes through these, and the cells that meet in a ray z are those of the
 * hyperplanes through z, an arrangement of rank r - 1, on the far side of no other.
 */
final class Arrangement {
  /** Unit normals this close to a coincidence are in it. */
  private static final double COINCIDENT = 1e-9;

  /** Row r is side[r] times the unit normal number line[r]; a zero row has side 0. */
  private final int[] line;

  private final int[] side;
  private final List<double[]> lines;
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
    side[r] = 1;
    for (int l = 0; l < lines.size(); l++) {
      for (int s = 1; s >= -1; s -= 2) {
        double[] difference = normal.clone();
        Vectors.axpy(-s, lines.get(l), 0, difference, 0, rank);
        if (Vectors.norm(difference) <= COINCIDENT) {
          line[r] = l;
          side[r] = s;
          return;
        }
      }
    }
    line[r] = lines.size();
    lines.add(normal);
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

  /**
   * Every cell, as the set of hyperplanes on whose positive side it is, and the sum of its rays.
   */
  Map<BitSet, double[]> cells() {
    Map<BitSet, double[]> cells = new LinkedHashMap<>();
    if (rank == 0) {
      cells.put(new BitSet(), new double[0]);
    }
    for (Ray ray : rays(lines, rank)) {
      for (BitSet cell : around(ray, lines, rank)) {
        double[] sum = cells.computeIfAbsent(cell, c -> new double[rank]);
        Vectors.axpy(1, ray.direction, 0, sum, 0, rank);
      }
    }
    return cells;
  }

  /** The cells alone. */
  Set<BitSet> signs() {
    return signs(lines, rank);
  }

  private static Set<BitSet> signs(List<double[]> normals, int rank) {
    Set<BitSet> cells = new LinkedHashSet<>();
    if (normals.size() == rank) {
      for (long mask = 0; mask < 1L << rank; mask++) {
        cells.add(BitSet.valueOf(new long[] {mask}));
      }
      return cells;
    }
    for (Ray ray : rays(normals, rank)) {
      cells.addAll(around(ray, normals, rank));
    }
    return cells;
  }

  /** The cells that have a ray: its own side of every hyperplane that it is not on. */
  private static Set<BitSet> around(Ray ray, List<double[]> normals, int rank) {
    BitSet far = new BitSet();
    for (int l = 0; l < normals.size(); l++) {
      far.set(l, Vectors.dot(normals.get(l), ray.direction) > COINCIDENT);
    }
    double[] across = complement(ray.direction);
    List<double[]> through = new ArrayList<>();
    int[] number = ray.on.stream().toArray();
    for (int l : number) {
      through.add(coordinates(normals.get(l), across, rank));
    }
    Set<BitSet> cells = new LinkedHashSet<>();
    for (BitSet near : signs(through, rank - 1)) {
      BitSet cell = (BitSet) far.clone();
      near.stream().forEach(i -> cell.set(number[i]));
      cells.add(cell);
    }
    return cells;
  }

  /** Both directions of every line in which r - 1 independent hyperplanes meet. */
  private static List<Ray> rays(List<double[]> normals, int rank) {
    List<Ray> rays = new ArrayList<>();
    Set<BitSet> seen = new HashSet<>();
    int[] chosen = new int[Math.max(0, rank - 1)];
    java.util.Arrays.setAll(chosen, i -> i);
    boolean more = rank > 0;
    while (more) {
      double[] z = meeting(normals, chosen, rank);
      BitSet on = z == null ? null : through(normals, z);
      if (on != null && seen.add(on)) {
        double[] opposite = z.clone();
        Vectors.scale(-1, opposite, 0, rank);
        rays.add(new Ray(z, on));
        rays.add(new Ray(opposite, on));
      }
      more = advance(chosen, normals.size());
    }
    return rays;
  }

  private static BitSet through(List<double[]> normals, double[] z) {
    BitSet on = new BitSet();
    for (int l = 0; l < normals.size(); l++) {
      on.set(l, Math.abs(Vectors.dot(normals.get(l), z)) <= COINCIDENT);
    }
    return on;
  }

  /** The unit vector orthogonal to r - 1 normals in R^r; null if these are dependent. */
  private static double[] meeting(List<double[]> normals, int[] chosen, int rank) {
    double[] matrix = new double[chosen.length * rank];
    for (int i = 0; i < chosen.length; i++) {
      for (int k = 0; k < rank; k++) {
        matrix[k * chosen.length + i] = normals.get(chosen[i])[k];
      }
    }
    Svd svd = Svd.of(chosen.length, rank, matrix);
    boolean independent = chosen.length == 0 || svd.rank(COINCIDENT) == chosen.length;
    return independent ? svd.nullSpace(chosen.length) : null;
  }

  /** The next subset in lexicographic order; false after the last. */
  private static boolean advance(int[] chosen, int of) {
    int i = chosen.length - 1;
    while (i >= 0 && chosen[i] == of - chosen.length + i) {
      i--;
    }
    if (i < 0) {
      return false;
    }
    chosen[i]++;
    for (int j = i + 1; j < chosen.length; j++) {
      chosen[j] = chosen[j - 1] + 1;
    }
    return true;
  }

  /** The arrangement on one of the hyperplanes, on which its rows are zero. */
  Arrangement restrict(double[] normal) {
    double[] across = complement(normal);
    double[][] rows = new double[side.length][rank - 1];
    for (int r = 0; r < rows.length; r++) {
      if (side[r] != 0) {
        rows[r] = coordinates(lines.get(line[r]), across, rank);
        Vectors.scale(side[r], rows[r], 0, rank - 1);
      }
    }
    return new Arrangement(rows, rank - 1, new double[0], 0);
  }

  /** An orthonormal basis of the vectors orthogonal to one (r x (r - 1), column-major). */
  private static double[] complement(double[] direction) {
    return Svd.of(1, direction.length, direction).nullSpace(1);
  }

  private static double[] coordinates(double[] vector, double[] across, int rank) {
    double[] inside = new double[rank - 1];
    for (int j = 0; j < rank - 1; j++) {
      inside[j] = Vectors.dot(across, j * rank, vector, 0, rank);
    }
    return inside;
  }

  @SuppressWarnings("ArrayRecordComponent") // a pair on its way, never compared
  private record Ray(double[] direction, BitSet on) {}
}
