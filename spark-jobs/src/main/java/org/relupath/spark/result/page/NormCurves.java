package org.relupath.spark.result.page;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The block norms of a path, one curve a block, those of largest norm first.
 *
 * @param curves the curves kept
 * @param blocks how many blocks are non-zero anywhere
 */
record NormCurves(List<Curve> curves, int blocks) {

  /**
   * Norms of one block.
   *
   * @param norms at every lambda; not a number away from where the block is active
   */
  @SuppressWarnings("ArrayRecordComponent") // drawn, never compared
  record Curve(int blockId, int sign, double largest, double[] norms) {}

  /** The curves of the {@code most} blocks of largest norm; of equal ones, the smaller ids. */
  static NormCurves of(PathReport report, int most) {
    Map<Integer, Double> largest = new HashMap<>();
    report.blockNorms().stream()
        .filter(entry -> entry.norm() > 0)
        .forEach(entry -> largest.merge(entry.blockId(), entry.norm(), Math::max));
    List<Integer> kept =
        largest.keySet().stream()
            .sorted(
                Comparator.comparing((Integer id) -> -largest.get(id))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(most)
            .toList();
    Map<Integer, double[]> norms = new HashMap<>();
    Map<Integer, Integer> signs = new HashMap<>();
    kept.forEach(id -> norms.put(id, empty(report)));
    for (BlockNorm entry : report.blockNorms()) {
      if (norms.containsKey(entry.blockId())) {
        norms.get(entry.blockId())[entry.lambdaIndex()] = entry.norm();
        signs.put(entry.blockId(), entry.sign());
      }
    }
    return new NormCurves(
        kept.stream()
            .map(id -> new Curve(id, signs.get(id), largest.get(id), active(norms.get(id))))
            .toList(),
        largest.size());
  }

  /** Zero at every lambda; not a number where the network has blocks but none were given. */
  private static double[] empty(PathReport report) {
    boolean[] given = new boolean[report.points().size()];
    report.blockNorms().forEach(entry -> given[entry.lambdaIndex()] = true);
    double[] norms = new double[given.length];
    for (int i = 0; i < given.length; i++) {
      norms[i] = given[i] || report.points().get(i).activeBlocks() == 0 ? 0 : Double.NaN;
    }
    return norms;
  }

  /** Drops the zeros that have no other neighbours than zeros: curves start where blocks enter. */
  private static double[] active(double[] norms) {
    double[] active = new double[norms.length];
    Arrays.fill(active, Double.NaN);
    for (int i = 0; i < norms.length; i++) {
      boolean before = i > 0 && norms[i - 1] > 0;
      boolean after = i + 1 < norms.length && norms[i + 1] > 0;
      if (norms[i] > 0 || before || after) {
        active[i] = norms[i];
      }
    }
    return active;
  }
}
