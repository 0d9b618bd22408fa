package org.relupath.core.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.program.Model;

/**
 * The optimal set by its definition, for tiny programs: E by dense projections of all blocks,
 * vertices by trying every subset of columns, everything else from the vertices.
 */
public final class ReferenceOptimalSet {
  private static final double MEMBER = 2e-6;
  private static final double ONE_RAY = 1e-6;
  private static final double DEPENDENT = 1e-7;
  private static final double FITS = 1e-6;
  private static final double POSITIVE = 1e-7;

  /**
   * A merged neuron.
   *
   * @param sign s
   * @param ray v / ||v||
   * @param fit Z v / ||v||
   * @param blocks its blocks in E
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
  public record Column(int sign, double[] ray, double[] fit, List<Integer> blocks) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<double[]> vertices = new ArrayList<>();
  private final double[] fit;
  private int equicorrelated;

  /** The optimal set of a program from one solution w, with a row for every block. */
  public ReferenceOptimalSet(DenseProgram program, Model model, double[][] w, double lambda) {
    this.fit = program.fit(w);
    double[] u = program.residual(w);
    for (int b = 0; b < program.blocks(); b++) {
      double[] v = program.project(b, program.correlation(b, u));
      if (Math.abs(Dense.norm(v) / lambda - 1) <= MEMBER) {
        equicorrelated++;
        int sign = model == Model.GATED || b < program.blocks() / 2 ? 1 : -1;
        add(program, model, b, sign, Dense.times(1 / Dense.norm(v), v));
      }
    }
    if (columns.size() > 20) {
      throw new IllegalStateException("too many columns to try all subsets: " + columns.size());
    }
    for (int subset = 0; subset < 1 << columns.size(); subset++) {
      tryVertex(subset);
    }
  }

  private void add(DenseProgram program, Model model, int b, int sign, double[] ray) {
    for (Column column : columns) {
      if (model == Model.RELU
          && column.sign == sign
          && Dense.distance(column.ray, ray) <= ONE_RAY) {
        column.blocks.add(b);
        return;
      }
    }
    double[][] single = new double[program.blocks()][program.dimension()];
    single[b] = ray;
    columns.add(new Column(sign, ray, program.fit(single), new ArrayList<>(List.of(b))));
  }

  /** A subset of independent columns that fits yhat with positive weights is a vertex. */
  private void tryVertex(int subset) {
    List<double[]> basis = new ArrayList<>();
    List<double[]> coefficients = new ArrayList<>();
    int[] chosen =
        java.util.stream.IntStream.range(0, columns.size())
            .filter(j -> (subset >> j & 1) != 0)
            .toArray();
    for (int j : chosen) {
      double[] rest = columns.get(j).fit.clone();
      double[] r = new double[chosen.length];
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < basis.size(); i++) {
          double product = Dense.dot(basis.get(i), rest);
          r[i] += product;
          Dense.add(rest, -product, basis.get(i));
        }
      }
      double length = Dense.norm(rest);
      if (length <= DEPENDENT * Dense.norm(columns.get(j).fit)) {
        return;
      }
      r[basis.size()] = length;
      basis.add(Dense.times(1 / length, rest));
      coefficients.add(r);
    }
    double[] rest = fit.clone();
    double[] beta = new double[columns.size()];
    double[] target = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      target[i] = Dense.dot(basis.get(i), rest);
      Dense.add(rest, -target[i], basis.get(i));
    }
    if (Dense.norm(rest) > FITS * (1 + Dense.norm(fit))) {
      return;
    }
    for (int i = chosen.length - 1; i >= 0; i--) {
      double sum = target[i];
      for (int l = i + 1; l < chosen.length; l++) {
        sum -= coefficients.get(l)[i] * beta[chosen[l]];
      }
      beta[chosen[i]] = sum / coefficients.get(i)[i];
    }
    if (Arrays.stream(chosen).allMatch(j -> beta[j] > POSITIVE * totalOf(beta))) {
      vertices.add(beta);
    }
  }

  private static double totalOf(double[] beta) {
    return Arrays.stream(beta).map(Math::abs).sum();
  }

  /** The merged neurons that may be active. */
  public List<Column> columns() {
    return columns;
  }

  /** |E|. */
  public int equicorrelated() {
    return equicorrelated;
  }

  /** Whether all columns are linearly independent, so that no fit has two combinations. */
  public boolean independent() {
    List<double[]> basis = new ArrayList<>();
    for (Column column : columns) {
      double[] rest = Dense.times(1 / Dense.norm(column.fit), column.fit);
      for (int pass = 0; pass < 2; pass++) {
        for (double[] e : basis) {
          Dense.add(rest, -Dense.dot(e, rest), e);
        }
      }
      double length = Dense.norm(rest);
      if (length <= DEPENDENT) {
        return false;
      }
      basis.add(Dense.times(1 / length, rest));
    }
    return true;
  }

  /** All vertices, weights of the columns. */
  public List<double[]> vertices() {
    return vertices;
  }

  /** S_max: the columns that are positive at some vertex. */
  public int[] support() {
    return java.util.stream.IntStream.range(0, columns.size())
        .filter(j -> vertices.stream().anyMatch(v -> v[j] > 0))
        .toArray();
  }

  /** The fewest neurons of a vertex. */
  public int minimalWidth() {
    return vertices.stream()
        .mapToInt(v -> (int) Arrays.stream(v).filter(beta -> beta > 0).count())
        .min()
        .orElseThrow();
  }

  /** The dimension of the hull of the vertices: the rank of their differences. */
  public int dimension() {
    List<double[]> basis = new ArrayList<>();
    for (double[] vertex : vertices) {
      double[] rest = Dense.minus(vertex, vertices.get(0));
      for (int pass = 0; pass < 2; pass++) {
        for (double[] e : basis) {
          Dense.add(rest, -Dense.dot(e, rest), e);
        }
      }
      if (Dense.norm(rest) > 1e-6 * totalOf(vertices.get(0))) {
        basis.add(Dense.times(1 / Dense.norm(rest), rest));
      }
    }
    return basis.size();
  }

  /** The least value of c'beta over the vertices. */
  public double min(double[] c) {
    return vertices.stream().mapToDouble(v -> Dense.dot(c, v)).min().orElseThrow();
  }

  /** The largest value of c'beta over the vertices. */
  public double max(double[] c) {
    return vertices.stream().mapToDouble(v -> Dense.dot(c, v)).max().orElseThrow();
  }
}
