package org.relupath.core.gates;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.linalg.Vectors;

/**
 * The cells of a small central arrangement, all at once, each with all of its extreme rays: those
 * of the hyperplanes through one line of a larger arrangement.
 */
final class LocalCells {
  private LocalCells() {}

  /**
   * A cell.
   *
   * @param positive the hyperplanes on whose positive side it is
   * @param rays its extreme rays, unit vectors
   */
  record LocalCell(BitSet positive, List<double[]> rays) {}

  /** The cells around a line, among the hyperplanes through it; their rays are orthogonal to it. */
  static List<LocalCell> around(Rays.Ray ray, double[][] normals) {
    int[] on = ray.on();
    if (on.length == ray.frame().size()) {
      return simple(ray.frame());
    }
    List<LocalCell> cells = new ArrayList<>();
    for (LocalCell cell : of(through(ray, normals), ray.frame().size())) {
      cells.add(
          new LocalCell(cell.positive(), cell.rays().stream().map(ray.frame()::embed).toList()));
    }
    return cells;
  }

  /** The normals of the hyperplanes through a line, in the space orthogonal to it. */
  private static double[][] through(Rays.Ray ray, double[][] normals) {
    int[] on = ray.on();
    double[][] local = new double[on.length][];
    for (int i = 0; i < on.length; i++) {
      local[i] = ray.frame().coordinates(normals[on[i]]);
      Vectors.scale(1 / Vectors.norm(local[i]), local[i], 0, local[i].length);
    }
    return local;
  }

  /**
   * The cells of an arrangement.
   *
   * @param normals unit vectors of R^r, no two of them on one line, that span it
   * @param rank r >= 0
   */
  static List<LocalCell> of(double[][] normals, int rank) {
    if (normals.length == rank) {
      Frame frame = new Frame(rank);
      for (double[] normal : normals) {
        if (!frame.append(normal)) {
          throw new ArithmeticException(Arrangement.TOO_CLOSE);
        }
      }
      return simple(frame);
    }
    Map<BitSet, List<double[]>> cells = new LinkedHashMap<>();
    Rays rays = new Rays(normals, rank);
    rays.visit(0, rays.subsets(), ray -> spread(ray, normals, cells));
    List<LocalCell> list = new ArrayList<>();
    cells.forEach((positive, own) -> list.add(new LocalCell(positive, own)));
    return list;
  }

  /** Gives both rays of a line to the cells around it. */
  private static void spread(Rays.Ray ray, double[][] normals, Map<BitSet, List<double[]>> cells) {
    int rank = ray.direction().length;
    List<LocalCell> near = of(through(ray, normals), rank - 1);
    for (int side = 1; side >= -1; side -= 2) {
      double[] z = ray.direction().clone();
      Vectors.scale(side, z, 0, rank);
      BitSet far = new BitSet();
      for (int l = 0; l < normals.length; l++) {
        far.set(l, Vectors.dot(normals[l], z) > Rays.ON);
      }
      for (LocalCell cell : near) {
        BitSet positive = (BitSet) far.clone();
        cell.positive().stream().forEach(i -> positive.set(ray.on()[i]));
        cells.computeIfAbsent(positive, p -> new ArrayList<>()).add(z);
      }
    }
  }

  /** The orthants of independent hyperplanes: all signs, and one ray for each. */
  private static List<LocalCell> simple(Frame frame) {
    int rank = frame.size();
    double[][] rays = new double[2 * rank][];
    for (int j = 0; j < rank; j++) {
      rays[2 * j + 1] = frame.dual(j);
      rays[2 * j] = rays[2 * j + 1].clone();
      Vectors.scale(-1, rays[2 * j], 0, rays[2 * j].length);
    }
    List<LocalCell> cells = new ArrayList<>(1 << rank);
    for (long signs = 0; signs < 1L << rank; signs++) {
      List<double[]> own = new ArrayList<>(rank);
      for (int j = 0; j < rank; j++) {
        own.add(rays[2 * j + (int) (signs >> j & 1)]);
      }
      cells.add(new LocalCell(BitSet.valueOf(new long[] {signs}), own));
    }
    return cells;
  }
}
