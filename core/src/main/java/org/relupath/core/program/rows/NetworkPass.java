package org.relupath.core.program.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.planes.GatePlanes;
import org.relupath.core.program.rows.planes.RowCorrelations;

/**
 * One pass over rows for L ReLU networks: residuals u_l = y - sum_b s_b (X w_b)_+, the correlations
 * X' D_b u_l of every pattern, and how far directions are inside cones or which rows they violate.
 * The directions are the weights w_b of the networks, each in the cone of its own pattern, one
 * network after the other in the order of {@link BlockWeights#compact}, and then those of some
 * probes.
 *
 * @param weights of the networks
 * @param probes further directions
 * @param gates of the P patterns, a gate a row
 * @param center what was subtracted from the targets, see {@link RowPass}
 * @param most rows to name for a direction
 */
public record NetworkPass(
    List<BlockWeights> weights, List<Probe> probes, Matrix gates, double center, int most)
    implements RowQuestion<NetworkSums> {
  /** Slacks below this are a violation: twice what a projection leaves. */
  public static final double VIOLATED = -2e-12;

  /** Rows whose scores are held at once. */
  private static final int ROWS = 1024;

  /**
   * A direction that may leave a cone.
   *
   * @param pattern whose cone
   * @param direction d entries, not zero
   */
  @SuppressWarnings("ArrayRecordComponent") // a question, never compared
  public record Probe(int pattern, double[] direction) implements java.io.Serializable {}

  /** Drops zero blocks. */
  public NetworkPass {
    weights = weights.stream().map(BlockWeights::compact).toList();
    probes = List.copyOf(probes);
  }

  @Override
  public String what() {
    return weights.size() + " networks, " + gates.rows() + " patterns";
  }

  @Override
  public NetworkSums plus(NetworkSums a, NetworkSums b) {
    return a.add(b);
  }

  @Override
  public NetworkSums with(OtherRows others, NetworkSums own) {
    int d = gates.columns();
    RowSums sums = own.sums();
    for (int l = 0; l < weights.size(); l++) {
      BlockWeights w = weights.get(l);
      OtherRows.Answer found =
          others.answer(w, b -> others.nearest(gates.values(), w.blocks().get(b).pattern() * d));
      sums.squares()[l] += found.square();
      sums.products()[l] += found.product();
      for (int g = 0; g < gates.rows(); g++) {
        int at = (l * gates.rows() + g) * d;
        others.add(found, 1, gates.values(), g * d, sums.correlations(), at);
      }
    }
    return own;
  }

  @Override
  public Worker<NetworkSums> worker() {
    return new Directions()::of;
  }

  /** All directions side by side, and room for their scores. */
  private final class Directions {
    private final int d = gates.columns();
    private final int lambdas = weights.size();
    private final int count;
    private final double[] directions;
    private final double[] lengths;
    private final int[] patterns;
    private final int[] networks;
    private final int[] signs;
    private final RowCorrelations correlations = new RowCorrelations(d, lambdas);
    private final double[] scores;
    private final double[] fits;
    private double[] wide = new double[0];

    Directions() {
      this.count = weights.stream().mapToInt(BlockWeights::size).sum() + probes.size();
      this.directions = new double[count * d];
      this.scores = new double[ROWS * count];
      this.fits = new double[lambdas];
      this.lengths = new double[count];
      this.patterns = new int[count];
      this.networks = new int[count];
      this.signs = new int[count];
      int j = 0;
      for (int l = 0; l < lambdas; l++) {
        BlockWeights own = weights.get(l);
        for (int i = 0; i < own.size(); i++, j++) {
          Block block = own.blocks().get(i);
          put(j, block.pattern(), own.values(), i * d);
          networks[j] = l;
          signs[j] = block.sign();
        }
      }
      for (Probe probe : probes) {
        put(j++, probe.pattern(), probe.direction(), 0);
      }
    }

    private void put(int j, int pattern, double[] w, int from) {
      if (pattern < 0 || pattern >= gates.rows()) {
        throw new IllegalArgumentException(
            "direction of pattern " + pattern + ", expected below " + gates.rows());
      }
      patterns[j] = pattern;
      lengths[j] = Vectors.norm(w, from, d);
      System.arraycopy(w, from, directions, j * d, d);
    }

    NetworkSums of(RowBlock block) {
      if (wide.length < block.rows() * (d + lambdas)) {
        wide = new double[block.rows() * (d + lambdas)];
      }
      NetworkSums sums =
          new NetworkSums(
              RowSums.zero(lambdas, gates.rows(), d),
              new double[lambdas],
              new double[count],
              new ArrayList<>());
      Arrays.fill(sums.slacks(), Double.POSITIVE_INFINITY);
      for (int j = 0; j < count; j++) {
        sums.violated().add(new NearRows(most));
      }
      GatePlanes planes = GatePlanes.of(block.x(), gates);
      for (int from = 0; from < block.rows(); from += ROWS) {
        int to = Math.min(block.rows(), from + ROWS);
        score(block, from, to);
        residuals(block, from, to, sums);
        slacks(block, from, to, planes, sums);
      }
      correlations.write(planes, wide, sums.sums().correlations());
      return sums;
    }

    private void score(RowBlock block, int from, int to) {
      double[] x = block.x().values();
      int rows = to - from;
      Blas.gemm(
          true, false, count, rows, d, 1, directions, 0, d, x, from * d, d, 0, scores, 0, count);
    }

    /** Row r of {@code wide} becomes x_r with u_r1 to u_rL behind it. */
    private void residuals(RowBlock block, int from, int to, NetworkSums found) {
      RowSums sums = found.sums();
      for (int r = from; r < to; r++) {
        Arrays.fill(fits, 0);
        for (int j = 0; j < count; j++) {
          fits[networks[j]] += signs[j] * Math.max(0, scores[(r - from) * count + j]);
        }
        int at = r * (d + lambdas);
        double y = block.y()[r];
        System.arraycopy(block.x().values(), r * d, wide, at, d);
        for (int l = 0; l < lambdas; l++) {
          double u = y - fits[l];
          wide[at + d + l] = u;
          sums.squares()[l] += u * u;
          sums.products()[l] += y * u;
          sums.agreeing()[l] += (fits[l] + center >= 0) == (y + center >= 0) ? 1 : 0;
          found.positive()[l] += u > 0 ? u * u : 0;
        }
      }
    }

    private void slacks(RowBlock block, int from, int to, GatePlanes planes, NetworkSums sums) {
      double[] x = block.x().values();
      for (int r = from; r < to; r++) {
        double length = Vectors.norm(x, r * d, d);
        for (int j = 0; length > 0 && j < count; j++) {
          int side = planes.active(patterns[j], r) ? 1 : -1;
          double slack = side * scores[(r - from) * count + j] / (length * lengths[j]);
          sums.slacks()[j] = Math.min(sums.slacks()[j], slack);
          if (slack < VIOLATED) {
            sums.violated().get(j).offer(block.first() + r, slack, x, r, d, side, length);
          }
        }
      }
    }
  }
}
