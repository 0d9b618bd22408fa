package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.rows.planes.RowCorrelations;

/**
 * One pass over rows that makes patterns known: which of them are equal, X' D_b y, and the rows
 * nearest to each gate, which are the first to bound its cone.
 *
 * @param gates a gate a row, P x d
 * @param near rows to name for a gate
 */
public record PatternPass(Matrix gates, int near) implements RowQuestion<PatternPass.Answer> {
  /** Rows whose scores are held at once. */
  private static final int ROWS = 1024;

  /**
   * What it finds.
   *
   * @param digest tells patterns apart
   * @param targets X' D_b y, P x d
   * @param near for every gate g, the rows of smallest |x_r'g| / (||x_r|| ||g||)
   */
  @SuppressWarnings("ArrayRecordComponent") // sums, never compared as a whole
  public record Answer(PatternDigest digest, double[] targets, List<NearRows> near)
      implements Serializable {
    private Answer add(Answer other) {
      for (int b = 0; b < near.size(); b++) {
        near.get(b).add(other.near.get(b));
      }
      return new Answer(digest.plus(other.digest), LocalRows.plus(targets, other.targets), near);
    }
  }

  @Override
  public String what() {
    return "patterns of " + gates.rows() + " gates";
  }

  @Override
  public Answer plus(Answer a, Answer b) {
    return a.add(b);
  }

  @Override
  public Answer with(OtherRows others, Answer own) {
    int d = gates.columns();
    for (int b = 0; b < gates.rows(); b++) {
      int centre = others.nearest(gates.values(), b * d);
      Vectors.axpy(1, others.targets(), centre * d, own.targets, b * d, d);
    }
    return own;
  }

  @Override
  public Worker<Answer> worker() {
    return this::of;
  }

  private Answer of(RowBlock bare) {
    RowBlock block = RowBlock.of(bare.first(), bare.x(), bare.y(), gates);
    int d = gates.columns();
    double[] wide = new double[block.rows() * (d + 1)];
    for (int r = 0; r < block.rows(); r++) {
      System.arraycopy(block.x().values(), r * d, wide, r * (d + 1), d);
      wide[r * (d + 1) + d] = block.y()[r];
    }
    double[] targets = new double[gates.rows() * d];
    new RowCorrelations(d, 1).write(block.gates(), wide, targets);
    return new Answer(PatternDigest.of(block), targets, near(block));
  }

  private List<NearRows> near(RowBlock block) {
    int count = gates.rows();
    List<NearRows> rows = new ArrayList<>();
    double[] lengths = new double[count];
    for (int b = 0; b < count; b++) {
      rows.add(new NearRows(near));
      lengths[b] = Vectors.norm(gates.row(b));
    }
    double[] scores = new double[ROWS * count];
    for (int from = 0; from < block.rows(); from += ROWS) {
      offer(block, from, Math.min(block.rows(), from + ROWS), lengths, scores, rows);
    }
    return rows;
  }

  private void offer(
      RowBlock block, int from, int to, double[] lengths, double[] scores, List<NearRows> rows) {
    int d = gates.columns();
    int count = gates.rows();
    double[] x = block.x().values();
    double[] g = gates.values();
    Blas.gemm(true, false, count, to - from, d, 1, g, 0, d, x, from * d, d, 0, scores, 0, count);
    for (int r = from; r < to; r++) {
      double length = Vectors.norm(x, r * d, d);
      for (int b = 0; length > 0 && b < count; b++) {
        int side = block.gates().active(b, r) ? 1 : -1;
        double slack = Math.abs(scores[(r - from) * count + b]) / (length * lengths[b]);
        rows.get(b).offer(block.first() + r, slack, x, r, d, side, length);
      }
    }
  }
}
