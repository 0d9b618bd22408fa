package org.relupath.core.optimalset.polytope;

import java.util.ArrayList;
import java.util.List;

/**
 * The vertices of {beta >= 0 : M beta = M anchor} by their definition, for small m: every set of
 * rank(M) columns is solved by Gaussian elimination, and the non-negative solutions are kept.
 * Shares nothing with the code under test.
 */
public final class BasisEnumeration {
  private static final double ZERO = 1e-9;

  private final double[][] m;
  private final double[] anchor;
  private final double[] scale;
  private final List<double[]> vertices = new ArrayList<>();

  /** Enumerates. M is given by rows; every row, also one that is implied, takes part. */
  public BasisEnumeration(double[][] m, double[] anchor) {
    this.scale = new double[anchor.length];
    this.m = new double[m.length][anchor.length];
    this.anchor = new double[anchor.length];
    double total = 0;
    for (int b = 0; b < anchor.length; b++) {
      double square = 0;
      for (double[] row : m) {
        square += row[b] * row[b];
      }
      scale[b] = square > 0 ? Math.sqrt(square) : 1;
      this.anchor[b] = anchor[b] * scale[b];
      total += this.anchor[b];
    }
    for (int b = 0; b < anchor.length; b++) {
      this.anchor[b] /= total > 0 ? total : 1;
      for (int r = 0; r < m.length; r++) {
        this.m[r][b] = m[r][b] / scale[b];
      }
      scale[b] /= total > 0 ? total : 1;
    }
    choose(new ArrayList<>(), 0, rank(columns(all())));
  }

  /** The vertices, in unit coordinates scaled back to beta. */
  public List<double[]> vertices() {
    return vertices.stream().map(this::unscaled).toList();
  }

  private double[] unscaled(double[] x) {
    double[] beta = new double[x.length];
    for (int b = 0; b < x.length; b++) {
      beta[b] = x[b] / scale[b];
    }
    return beta;
  }

  /** The dimension of the affine hull of the vertices. */
  public int dimension() {
    double[][] differences = new double[anchor.length][vertices.size()];
    for (int v = 0; v < vertices.size(); v++) {
      for (int b = 0; b < anchor.length; b++) {
        differences[b][v] = vertices.get(v)[b] - vertices.get(0)[b];
      }
    }
    return rank(differences);
  }

  /** Whether a coordinate is positive at some vertex. */
  public boolean inSupport(int b) {
    return vertices.stream().anyMatch(v -> v[b] > 0);
  }

  /** The least number of positive coordinates. */
  public int minWidth() {
    return vertices.stream().mapToInt(BasisEnumeration::width).min().orElseThrow();
  }

  /** max c'beta. */
  public double max(double[] c) {
    return vertices().stream().mapToDouble(v -> dot(c, v)).max().orElseThrow();
  }

  /** The number of positive coordinates. */
  public static int width(double[] beta) {
    int width = 0;
    for (double value : beta) {
      width += value > 0 ? 1 : 0;
    }
    return width;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private List<Integer> all() {
    List<Integer> all = new ArrayList<>();
    for (int b = 0; b < anchor.length; b++) {
      all.add(b);
    }
    return all;
  }

  private double[][] columns(List<Integer> set) {
    double[][] some = new double[m.length][set.size()];
    for (int r = 0; r < m.length; r++) {
      for (int i = 0; i < set.size(); i++) {
        some[r][i] = m[r][set.get(i)];
      }
    }
    return some;
  }

  private void choose(List<Integer> set, int from, int size) {
    if (set.size() == size) {
      solve(set);
      return;
    }
    for (int b = from; b <= anchor.length - (size - set.size()); b++) {
      set.add(b);
      choose(set, b + 1, size);
      set.remove(set.size() - 1);
    }
  }

  private void solve(List<Integer> set) {
    double[][] augmented = new double[m.length][set.size() + 1];
    double[][] some = columns(set);
    for (int r = 0; r < m.length; r++) {
      System.arraycopy(some[r], 0, augmented[r], 0, set.size());
      augmented[r][set.size()] = dot(m[r], anchor);
    }
    double[] solution = eliminate(augmented, set.size());
    if (solution == null) {
      return;
    }
    double[] x = new double[anchor.length];
    for (int i = 0; i < set.size(); i++) {
      if (solution[i] < -ZERO) {
        return;
      }
      x[set.get(i)] = solution[i] > ZERO ? solution[i] : 0;
    }
    for (double[] other : vertices) {
      double distance = 0;
      for (int b = 0; b < x.length; b++) {
        distance = Math.max(distance, Math.abs(x[b] - other[b]));
      }
      if (distance <= 1e-8) {
        return;
      }
    }
    vertices.add(x);
  }

  /** Gauss-Jordan with full row pivoting; null if the columns are dependent. */
  private static double[] eliminate(double[][] a, int columns) {
    for (int c = 0; c < columns; c++) {
      int pivot = -1;
      for (int r = c; r < a.length; r++) {
        pivot = pivot < 0 || Math.abs(a[r][c]) > Math.abs(a[pivot][c]) ? r : pivot;
      }
      if (pivot < 0 || Math.abs(a[pivot][c]) < ZERO) {
        return null;
      }
      double[] swap = a[c];
      a[c] = a[pivot];
      a[pivot] = swap;
      for (int r = 0; r < a.length; r++) {
        double factor = r == c ? 0 : a[r][c] / a[c][c];
        for (int j = c; factor != 0 && j <= columns; j++) {
          a[r][j] -= factor * a[c][j];
        }
      }
    }
    double[] solution = new double[columns];
    for (int c = 0; c < columns; c++) {
      solution[c] = a[c][columns] / a[c][c];
    }
    return solution;
  }

  private static int rank(double[][] matrix) {
    double[][] a = new double[matrix.length][];
    for (int r = 0; r < a.length; r++) {
      a[r] = matrix[r].clone();
    }
    int rank = 0;
    int columns = a.length == 0 ? 0 : a[0].length;
    for (int c = 0; c < columns && rank < a.length; c++) {
      int pivot = rank;
      for (int r = rank; r < a.length; r++) {
        pivot = Math.abs(a[r][c]) > Math.abs(a[pivot][c]) ? r : pivot;
      }
      if (Math.abs(a[pivot][c]) < ZERO) {
        continue;
      }
      double[] swap = a[rank];
      a[rank] = a[pivot];
      a[pivot] = swap;
      for (int r = rank + 1; r < a.length; r++) {
        double factor = a[r][c] / a[rank][c];
        for (int j = c; j < columns; j++) {
          a[r][j] -= factor * a[rank][j];
        }
      }
      rank++;
    }
    return rank;
  }
}
