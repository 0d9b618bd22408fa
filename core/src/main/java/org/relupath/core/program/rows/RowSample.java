package org.relupath.core.program.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.rows.planes.GatePlanes;

/**
 * Draws rows for a model of all of them: row r with probability
 *
 * <pre>p_r = min(1, m/2 (h_r / rank X + 1/n)),   h_r = x_r'(X'X)^+ x_r,
 * </pre>
 *
 * half by leverage, so that no direction of X is missed, and half uniformly; a drawn row is scaled
 * by 1/sqrt(p_r), which makes the sample's X'D_a D_b X unbiased. Whether a row is drawn depends on
 * the seed and on its number, never on the block or machine it is on.
 */
public final class RowSample implements java.io.Serializable {
  private final long n;
  private final int wanted;
  private final long seed;
  private final int d;
  private final Whitening whitening;

  /**
   * A way of drawing.
   *
   * @param n how many rows there are
   * @param gram X'X, d x d
   * @param wanted m, how many rows to draw on average; from n on all rows are taken
   * @param seed which rows
   */
  public RowSample(long n, double[] gram, int wanted, long seed) {
    this.n = n;
    this.wanted = wanted;
    this.seed = seed;
    this.d = (int) Math.round(Math.sqrt(gram.length));
    this.whitening = Whitening.ofGram(gram, n);
  }

  /** The drawn rows of a block, scaled. */
  public RowBlock of(RowBlock block) {
    double[] probability = probabilities(block.x());
    List<Integer> drawn = new ArrayList<>();
    for (int r = 0; r < block.rows(); r++) {
      SplittableRandom random =
          new SplittableRandom(Seeds.derive(seed, "row-sample", block.first() + r));
      if (random.nextDouble() < probability[r]) {
        drawn.add(r);
      }
    }
    int[] rows = drawn.stream().mapToInt(Integer::intValue).toArray();
    Matrix x = block.x().selectRows(rows);
    double[] y = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double scale = 1 / Math.sqrt(probability[rows[i]]);
      y[i] = scale * block.y()[rows[i]];
      for (int k = 0; k < d; k++) {
        x.values()[i * d + k] *= scale;
      }
    }
    return new RowBlock(block.first(), x, y, block.gates().rows(rows));
  }

  private double[] probabilities(Matrix x) {
    double[] probabilities = new double[x.rows()];
    double[] whitened = whitening.rows(x).values();
    int rank = whitening.rank();
    for (int r = 0; r < x.rows(); r++) {
      double leverage = Vectors.dot(whitened, r * rank, whitened, r * rank, rank) / n;
      double share = 0.5 * wanted * (leverage / Math.max(rank, 1) + 1.0 / n);
      probabilities[r] = wanted >= n ? 1 : Math.min(1, share);
    }
    return probabilities;
  }

  /** All rows of several blocks as one block, in the order given. */
  public static RowBlock join(List<RowBlock> pieces) {
    int rows = pieces.stream().mapToInt(RowBlock::rows).sum();
    int d = pieces.get(0).x().columns();
    int gates = pieces.get(0).gates().gates();
    Matrix x = Matrix.zeros(rows, d);
    double[] y = new double[rows];
    byte[][] planes = new byte[pieces.get(0).gates().planes().length][rows];
    int at = 0;
    for (RowBlock piece : pieces) {
      System.arraycopy(piece.x().values(), 0, x.values(), at * d, piece.rows() * d);
      System.arraycopy(piece.y(), 0, y, at, piece.rows());
      for (int p = 0; p < planes.length; p++) {
        System.arraycopy(piece.gates().planes()[p], 0, planes[p], at, piece.rows());
      }
      at += piece.rows();
    }
    return new RowBlock(0, x, y, new GatePlanes(rows, gates, planes));
  }
}
