package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a picture of an optimal set draws of its polytope {beta >= 0 : M beta = yhat}.
 *
 * <p>Its faces are the sets of members that are zero on some neurons, so the smallest face that
 * holds two vertices is that of the union of their supports: an edge joins them where no third
 * vertex is zero off that union.
 *
 * @param axes the neurons, two or three, whose norms are the coordinates: as affine ones they
 *     determine a member, and they spread the vertices far
 * @param edges pairs of numbers of vertices, the smaller first, in order
 * @param faces numbers of vertices around each polygon that bounds the set, or is it
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
record PolytopeShape(int[] axes, List<int[]> edges, List<int[]> faces) {

  static PolytopeShape of(PolytopePicture picture) {
    List<BitSet> supports = picture.vertices().stream().map(PolytopeShape::support).toList();
    List<int[]> edges = edges(supports);
    return new PolytopeShape(axes(picture), edges, faces(picture, supports, edges));
  }

  private static BitSet support(double[] beta) {
    BitSet support = new BitSet(beta.length);
    for (int j = 0; j < beta.length; j++) {
      support.set(j, beta[j] > 0);
    }
    return support;
  }

  private static List<int[]> edges(List<BitSet> supports) {
    List<int[]> edges = new ArrayList<>();
    for (int i = 0; i < supports.size(); i++) {
      for (int j = i + 1; j < supports.size(); j++) {
        BitSet union = (BitSet) supports.get(i).clone();
        union.or(supports.get(j));
        if (supports.stream().filter(own -> within(own, union)).count() == 2) {
          edges.add(new int[] {i, j});
        }
      }
    }
    return edges;
  }

  private static boolean within(BitSet own, BitSet all) {
    BitSet rest = (BitSet) own.clone();
    rest.andNot(all);
    return rest.isEmpty();
  }

  /** The polygons: the set itself in the plane, in space its facets, where one neuron is zero. */
  private static List<int[]> faces(
      PolytopePicture picture, List<BitSet> supports, List<int[]> edges) {
    List<int[]> faces = new ArrayList<>();
    if (picture.dimension() == 2) {
      faces.add(around(IntStream.range(0, supports.size()).toArray(), edges));
    }
    for (int j = 0; j < picture.neurons().size() && picture.dimension() == 3; j++) {
      int neuron = j;
      int[] on =
          IntStream.range(0, supports.size()).filter(v -> !supports.get(v).get(neuron)).toArray();
      // Two neurons that are zero on one facet both name it.
      if (on.length > 2 && faces.stream().noneMatch(face -> same(face, on))) {
        faces.add(around(on, edges));
      }
    }
    return faces;
  }

  private static boolean same(int[] face, int[] sorted) {
    return Arrays.equals(IntStream.of(face).sorted().toArray(), sorted);
  }

  /** The vertices of a polygon in the order of its edges. */
  private static int[] around(int[] vertices, List<int[]> edges) {
    List<Integer> left = new ArrayList<>(IntStream.of(vertices).boxed().toList());
    int[] around = new int[vertices.length];
    around[0] = left.remove(0);
    for (int i = 1; i < around.length; i++) {
      int last = around[i - 1];
      around[i] =
          left.stream().filter(next -> joined(last, next, edges)).findFirst().orElse(left.get(0));
      left.remove((Integer) around[i]);
    }
    return around;
  }

  private static boolean joined(int a, int b, List<int[]> edges) {
    return edges.stream().anyMatch(edge -> edge[0] == Math.min(a, b) && edge[1] == Math.max(a, b));
  }

  /**
   * Pivots of a Cholesky factorization of the vertices' covariance: each the neuron that varies
   * most when those before it are held. A segment has a second one, which varies with the first.
   */
  private static int[] axes(PolytopePicture picture) {
    double[][] rest = covariance(picture.vertices(), picture.neurons().size());
    double[][] all = covariance(picture.vertices(), picture.neurons().size());
    int[] axes = new int[Math.min(Math.max(2, picture.dimension()), all.length)];
    for (int i = 0; i < axes.length; i++) {
      double[][] of = i < picture.dimension() ? rest : all;
      int[] before = Arrays.copyOf(axes, i);
      int pivot =
          IntStream.range(0, all.length)
              .filter(j -> IntStream.of(before).noneMatch(axis -> axis == j))
              .reduce((a, b) -> of[b][b] > of[a][a] ? b : a)
              .orElseThrow();
      axes[i] = pivot;
      eliminate(rest, pivot);
    }
    return axes;
  }

  private static void eliminate(double[][] c, int pivot) {
    double[] row = c[pivot].clone();
    for (int i = 0; i < row.length && row[pivot] > 0; i++) {
      for (int j = 0; j < row.length; j++) {
        c[i][j] -= row[i] * row[j] / row[pivot];
      }
    }
  }

  private static double[][] covariance(List<double[]> vertices, int k) {
    double[] mean = new double[k];
    double[][] covariance = new double[k][k];
    for (double[] vertex : vertices) {
      for (int i = 0; i < k; i++) {
        mean[i] += vertex[i] / vertices.size();
      }
    }
    for (double[] vertex : vertices) {
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          covariance[i][j] += (vertex[i] - mean[i]) * (vertex[j] - mean[j]);
        }
      }
    }
    return covariance;
  }
}
