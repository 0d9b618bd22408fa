package org.relupath.core.program.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;

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
  private static final long serialVersionUID = 1L;

  /** Slacks of at most this are a violation: ten times what a projection leaves. */
  public static final double VIOLATED = -1e-11;

  /**
   * A direction that may leave a cone.
   *
   * @param pattern whose cone
   * @param direction d entries, not zero
   */
  @SuppressWarnings("ArrayRecordComponent") // a question, never compared
  public record Probe(int pattern, double[] direction) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
  }

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
    private double[] scores = new double[0];
    private double[] wide = new double[0];

    Directions() {
      this.count = weights.stream().mapToInt(BlockWeights::size).sum() + probes.size();
      this.directions = new double[count * d];
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
      int rows = block.rows();
      if (scores.length < rows * count || wide.length < rows * (d + lambdas)) {
        scores = new double[rows * count];
        wide = new double[rows * (d + lambdas)];
      }
      GatePlanes planes = GatePlanes.of(block.x(), gates);
      double[] x = block.x().values();
      Blas.gemm(true, false, count, rows, d, 1, directions, d, x, d, 0, scores, count);
      RowSums sums = RowSums.zero(lambdas, gates.rows(), d);
      double[] positive = new double[lambdas];
      residuals(block, sums, positive);
      correlations.write(planes, wide, sums.correlations());
      double[] slacks = new double[count];
      Arrays.fill(slacks, Double.POSITIVE_INFINITY);
      return new NetworkSums(sums, positive, slacks, violated(block, planes, slacks));
    }

    /** Row r of {@code wide} becomes x_r with u_r1 to u_rL behind it. */
    private void residuals(RowBlock block, RowSums sums, double[] positive) {
      double[] fits = new double[lambdas];
      for (int r = 0; r < block.rows(); r++) {
        Arrays.fill(fits, 0);
        for (int j = 0; j < count; j++) {
          fits[networks[j]] += signs[j] * Math.max(0, scores[r * count + j]);
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
          positive[l] += u > 0 ? u * u : 0;
        }
      }
    }

    private List<NearRows> violated(RowBlock block, GatePlanes planes, double[] slacks) {
      List<NearRows> violated = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        violated.add(new NearRows(most));
      }
      double[] x = block.x().values();
      for (int r = 0; r < block.rows(); r++) {
        double length = Vectors.norm(x, r * d, d);
        for (int j = 0; length > 0 && j < count; j++) {
          int side = planes.active(patterns[j], r) ? 1 : -1;
          double slack = side * scores[r * count + j] / (length * lengths[j]);
          slacks[j] = Math.min(slacks[j], slack);
          if (slack < VIOLATED) {
            violated.get(j).offer(block.first() + r, slack, x, r, d, side, length);
          }
        }
      }
      return violated;
    }
  }
}
