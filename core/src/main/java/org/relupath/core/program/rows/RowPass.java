package org.relupath.core.program.rows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.planes.ByteSort;
import org.relupath.core.program.rows.planes.ByteTable;
import org.relupath.core.program.rows.planes.GatePlanes;
import org.relupath.core.program.rows.planes.RowCorrelations;

/**
 * One pass over rows for the weights of many lambdas at once: fits, residuals u_l, and the
 * correlations X' D_b u_l of every gate.
 *
 * <p>Gates are taken eight at a time. A plane's rows are sorted by their byte, so that the rows of
 * one byte v, X_v and U_v (all lambdas side by side), are two matrices, and
 *
 * <pre>
 * fits:          F_v += X_v T_v,   T_v the sum of w_b over the gates b in v
 * correlations:  B_v  = X_v' U_v,  c_b the sum of B_v over the bytes v with b in them
 * </pre>
 *
 * are products of an eighth of the multiply-adds that products gate by gate would take ({@link
 * ByteTable} goes from gates to bytes, {@link RowCorrelations} back). Fits take only gates that
 * have weights, packed into planes of their own. Not thread-safe; buffers are kept from block to
 * block.
 */
public final class RowPass {
  private final int d;
  private final int lambdas;
  private final int[] active;
  private final double[] weights;
  private final double center;
  private final ByteSort sort = new ByteSort();
  private final double[] table;
  private final double[] vectors;
  private final RowCorrelations correlations;
  private double[] fits = new double[0];
  private double[] wide = new double[0];
  private double[] sorted = new double[0];
  private double[] scores = new double[0];

  /**
   * A pass for some weights.
   *
   * @param weights L of them, blocks numbered by gate, largest lambda first
   * @param d the number of columns of X
   * @param center what was subtracted from the targets: a row agrees where f + center >= 0 exactly
   *     if y + center >= 0
   */
  public RowPass(List<BlockWeights> weights, int d, double center) {
    this.d = d;
    this.lambdas = weights.size();
    this.center = center;
    Map<Integer, Integer> places = new LinkedHashMap<>();
    for (BlockWeights own : weights) {
      own.compact().blocks().forEach(b -> places.putIfAbsent(b.pattern(), places.size()));
    }
    this.active = places.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.weights = new double[active.length * lambdas * d];
    for (int l = 0; l < lambdas; l++) {
      BlockWeights own = weights.get(l).compact();
      for (int i = 0; i < own.size(); i++) {
        int place = places.get(own.blocks().get(i).pattern());
        System.arraycopy(own.values(), i * d, this.weights, (place * lambdas + l) * d, d);
      }
    }
    this.table = new double[256 * lambdas * d];
    this.vectors = new double[8 * lambdas * d];
    this.correlations = new RowCorrelations(d, lambdas);
  }

  /** The sums over the rows of a block. */
  public RowSums of(RowBlock block) {
    requireShape(block);
    RowSums sums = RowSums.zero(lambdas, block.gates().gates(), d);
    reserve(block.rows());
    fit(block);
    residuals(block, sums);
    correlations.write(block.gates(), wide, sums.correlations());
    return sums;
  }

  private void requireShape(RowBlock block) {
    if (block.x().columns() != d) {
      throw new IllegalArgumentException(
          "a block has " + block.x().columns() + " columns, expected " + d);
    }
    for (int gate : active) {
      if (gate < 0 || gate >= block.gates().gates()) {
        throw new IllegalArgumentException(
            "weights of gate " + gate + ", expected below " + block.gates().gates());
      }
    }
  }

  private void reserve(int rows) {
    if (fits.length < rows * lambdas) {
      fits = new double[rows * lambdas];
      scores = new double[rows * lambdas];
      wide = new double[rows * (d + lambdas)];
      sorted = new double[rows * d];
    }
  }

  /** fits = sum_b D_b X w_{b,l}, row r's L numbers from r L on. */
  private void fit(RowBlock block) {
    Arrays.fill(fits, 0, block.rows() * lambdas, 0);
    GatePlanes packed = block.gates().select(active);
    int width = lambdas * d;
    for (int p = 0; p < packed.planes().length; p++) {
      int bits = packed.bits(p);
      System.arraycopy(weights, 8 * p * width, vectors, 0, bits * width);
      ByteTable.expand(vectors, bits, width, table);
      sort.by(packed.planes()[p]);
      sort.gather(block.x().values(), d, block.rows(), sorted);
      for (int v = 1; v < 1 << bits; v++) {
        Blas.gemm(
            true,
            false,
            lambdas,
            sort.count(v),
            d,
            1,
            table,
            v * width,
            d,
            sorted,
            sort.start(v) * d,
            d,
            0,
            scores,
            sort.start(v) * lambdas,
            lambdas);
      }
      for (int i = sort.start(1); i < block.rows(); i++) {
        Vectors.axpy(1, scores, i * lambdas, fits, sort.row(i) * lambdas, lambdas);
      }
    }
  }

  /** Row r of {@code wide} becomes x_r with u_r1 to u_rL behind it. */
  private void residuals(RowBlock block, RowSums sums) {
    for (int r = 0; r < block.rows(); r++) {
      int at = r * (d + lambdas);
      double y = block.y()[r];
      System.arraycopy(block.x().values(), r * d, wide, at, d);
      for (int l = 0; l < lambdas; l++) {
        double fit = fits[r * lambdas + l];
        double u = y - fit;
        wide[at + d + l] = u;
        sums.squares()[l] += u * u;
        sums.products()[l] += y * u;
        sums.agreeing()[l] += (fit + center >= 0) == (y + center >= 0) ? 1 : 0;
      }
    }
  }
}
