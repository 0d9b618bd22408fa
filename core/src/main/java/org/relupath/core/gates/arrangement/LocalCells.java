package org.relupath.core.gates.arrangement;

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
   * @param error how far these may be from the true ones
   */
  record LocalCell(BitSet positive, List<double[]> rays, double error) {}

  /** The cells around a line, among the hyperplanes through it; their rays are across it. */
  static List<LocalCell> around(ArrangementLines.Line ray, IntegerRows rows) {
    int[] on = ray.on();
    if (ray.frame() != null && on.length == ray.frame().size()) {
      return simple(ray.frame());
    }
    IntegerRows through = rows.only(on);
    List<LocalCell> cells = new ArrayList<>();
    for (LocalCell cell : of(through)) {
      List<double[]> rays = new ArrayList<>();
      double error = 0;
      for (double[] e : cell.rays()) {
        double[] ours = through.embed(e);
        Vectors.scale(1 / Vectors.norm(ours), ours, 0, ours.length);
        rays.add(ours);
        error = Math.max(error, through.embeddingError(e, cell.error()));
      }
      cells.add(new LocalCell(cell.positive(), rays, error));
    }
    return cells;
  }

  /** The cells of the hyperplanes of rows on distinct lines. */
  static List<LocalCell> of(IntegerRows rows) {
    if (rows.count() == rows.rank()) {
      Frame frame = new Frame(rows.rank());
      for (double[] axis : rows.normals()) {
        frame.append(axis);
      }
      return simple(frame);
    }
    Map<BitSet, List<double[]>> cells = new LinkedHashMap<>();
    ArrangementLines rays = new ArrangementLines(rows);
    double[] error = new double[1];
    rays.visit(
        0,
        rays.subsets(),
        ray -> {
          error[0] = Math.max(error[0], ray.error());
          spread(ray, rows, cells);
        });
    List<LocalCell> list = new ArrayList<>();
    cells.forEach((positive, own) -> list.add(new LocalCell(positive, own, error[0])));
    return list;
  }

  /** Gives both rays of a line to the cells around it. */
  private static void spread(
      ArrangementLines.Line ray, IntegerRows rows, Map<BitSet, List<double[]>> cells) {
    List<LocalCell> near = of(rows.only(ray.on()));
    for (int side = 1; side >= -1; side -= 2) {
      double[] z = ray.direction().clone();
      Vectors.scale(side, z, 0, z.length);
      for (LocalCell cell : near) {
        BitSet positive = positive(ray, side, cell.positive());
        cells.computeIfAbsent(positive, p -> new ArrayList<>()).add(z);
      }
    }
  }

  /** The sides that a cell at one end of a line is on, from those of the hyperplanes through it. */
  static BitSet positive(ArrangementLines.Line ray, int side, BitSet near) {
    BitSet positive = new BitSet();
    for (int l = 0; l < ray.heights().length; l++) {
      positive.set(l, side * ray.heights()[l] > 0);
    }
    near.stream().forEach(i -> positive.set(ray.on()[i]));
    return positive;
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
      cells.add(new LocalCell(BitSet.valueOf(new long[] {signs}), own, frame.error()));
    }
    return cells;
  }
}
