package org.relupath.spark.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolytopeShapeTest {

  private static PolytopePicture picture(int dimension, List<double[]> vertices) {
    int k = vertices.get(0).length;
    return new PolytopePicture(
        dimension,
        IntStream.range(0, k).mapToObj(j -> "neuron " + j).toList(),
        new int[k],
        List.of(),
        vertices,
        List.of());
  }

  /** A cube of sides 1, 2 and 3, as norms and their slacks. */
  @Test
  void aCube() {
    List<double[]> corners = new ArrayList<>();
    for (int v = 0; v < 8; v++) {
      double x = v & 1;
      double y = 2 * (v >> 1 & 1);
      double z = 3 * (v >> 2);
      corners.add(new double[] {x, 1 - x, y, 2 - y, z, 3 - z});
    }
    PolytopeShape shape = PolytopeShape.of(picture(3, corners));
    assertThat(shape.axes()).containsExactly(4, 2, 0);
    assertThat(shape.edges()).hasSize(12);
    assertThat(shape.edges())
        .allSatisfy(edge -> assertThat(Integer.bitCount(edge[0] ^ edge[1])).isEqualTo(1));
    assertThat(shape.faces()).hasSize(6).allSatisfy(face -> assertThat(face).hasSize(4));
    assertThat(shape.faces())
        .allSatisfy(
            face ->
                IntStream.range(0, 4)
                    .forEach(
                        i ->
                            assertThat(Integer.bitCount(face[i] ^ face[(i + 1) % 4]))
                                .isEqualTo(1)));
  }

  @Test
  void aSegmentAndATriangle() {
    List<double[]> segment = List.of(new double[] {0, 1, 3}, new double[] {2, 0, 2});
    PolytopeShape line = PolytopeShape.of(picture(1, segment));
    assertThat(line.axes()).containsExactly(0, 1);
    assertThat(line.edges()).containsExactly(new int[] {0, 1});
    assertThat(line.faces()).isEmpty();
    List<double[]> corners =
        List.of(new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1});
    PolytopeShape triangle = PolytopeShape.of(picture(2, corners));
    assertThat(triangle.edges()).hasSize(3);
    assertThat(triangle.faces()).containsExactly(new int[] {0, 1, 2});
  }

  /** Vertices by all bases, edges by ranks; vertices, edges and faces add up as Euler has it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void edgesOfRandomPolytopesAreThoseOfRanks(long seed) {
    Random random = new Random(seed);
    int k = 7;
    double[][] m = new double[k - 3][k];
    double[] inside = random.doubles(k, 0.2, 1).toArray();
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < k; j++) {
        m[i][j] = i == 0 ? 1 : random.nextGaussian();
      }
    }
    double[] fit = new Array2DRowRealMatrix(m).operate(inside);
    List<double[]> vertices = vertices(m, fit);
    PolytopeShape shape = PolytopeShape.of(picture(3, vertices));
    assertThat(vertices.size() - shape.edges().size() + shape.faces().size()).isEqualTo(2);
    List<int[]> edges = new ArrayList<>();
    for (int a = 0; a < vertices.size(); a++) {
      for (int b = a + 1; b < vertices.size(); b++) {
        double[] sum =
            new Array2DRowRealMatrix(vertices.get(a))
                .add(new Array2DRowRealMatrix(vertices.get(b)))
                .getColumn(0);
        int[] union = IntStream.range(0, k).filter(j -> sum[j] > 0).toArray();
        if (union.length - rank(m, union) == 1) {
          edges.add(new int[] {a, b});
        }
      }
    }
    assertThat(shape.edges()).usingElementComparator(Arrays::compare).isEqualTo(edges);
    assertThat(shape.axes()).doesNotHaveDuplicates().hasSize(3);
  }

  private static int rank(double[][] m, int[] columns) {
    return new SingularValueDecomposition(columns(m, columns)).getRank();
  }

  private static Array2DRowRealMatrix columns(double[][] m, int[] columns) {
    Array2DRowRealMatrix chosen = new Array2DRowRealMatrix(m.length, columns.length);
    for (int j = 0; j < columns.length; j++) {
      chosen.setColumn(j, new Array2DRowRealMatrix(m).getColumn(columns[j]));
    }
    return chosen;
  }

  private static List<double[]> vertices(double[][] m, double[] fit) {
    int k = m[0].length;
    List<double[]> vertices = new ArrayList<>();
    for (int set = 0; set < 1 << k; set++) {
      int bits = set;
      if (Integer.bitCount(set) == m.length) {
        int[] basis = IntStream.range(0, k).filter(j -> (bits >> j & 1) == 1).toArray();
        double[] x =
            new LUDecomposition(columns(m, basis))
                .getSolver()
                .solve(new Array2DRowRealMatrix(fit))
                .getColumn(0);
        if (Arrays.stream(x).allMatch(v -> v > 0)) {
          double[] vertex = new double[k];
          IntStream.range(0, basis.length).forEach(i -> vertex[basis[i]] = x[i]);
          vertices.add(vertex);
        }
      }
    }
    vertices.sort(Comparator.comparingDouble(v -> v[0]));
    return vertices;
  }
}
