package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.program.BlockWeights;

/**
 * One pass over rows for what {@link BorderRows} know: products of the patterns of some directions
 * and of y, and the rows near the borders {x : x'v = 0} of the directions themselves.
 *
 * @param products some of the products
 * @param borders the directions, of one network after the other
 */
public record BorderPass(GramPass products, List<Borders> borders)
    implements RowQuestion<BorderPass.Answer> {

  /**
   * Directions whose borders are looked at.
   *
   * @param directions m x d, of length one
   * @param widths a row is near the border of direction j if |x'v_j| is no larger than this
   * @param share of a block's rows that come back at most, the first ones
   */
  @SuppressWarnings("ArrayRecordComponent") // a question, never compared
  public record Borders(Matrix directions, double[] widths, double share) implements Serializable {
    private ClimbPass.Climb targets() {
      int[] signs = new int[directions.rows()];
      Arrays.fill(signs, 1);
      BlockWeights none = BlockWeights.zero(directions.columns());
      return new ClimbPass.Climb(none, directions, signs, new double[0]);
    }

    /** Whether there are no directions. */
    public boolean isEmpty() {
      return directions.rows() == 0;
    }

    /** How many numbers come back, but for the rows. */
    public long numbers() {
      return new DirectionProducts(directions).numbers()
          + (long) directions.rows() * directions.columns();
    }

    private RowBlock near(RowBlock block) {
      int d = directions.columns();
      int m = widths.length;
      double[] scores = new double[block.rows() * m];
      double[] x = block.x().values();
      double[] v = directions.values();
      Blas.gemm(true, false, m, block.rows(), d, 1, v, 0, d, x, 0, d, 0, scores, 0, m);
      List<Integer> near = new ArrayList<>();
      double most = Math.ceil(share * block.rows());
      for (int r = 0; r < block.rows() && near.size() < most; r++) {
        boolean any = false;
        for (int j = 0; j < m; j++) {
          any |= Math.abs(scores[r * m + j]) <= widths[j];
        }
        if (any) {
          near.add(r);
        }
      }
      int[] rows = near.stream().mapToInt(Integer::intValue).toArray();
      double[] y = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        y[i] = block.y()[rows[i]];
      }
      return new RowBlock(block.first(), block.x().selectRows(rows), y, block.gates().rows(rows));
    }
  }

  /**
   * What it finds.
   *
   * @param products X'D_i D_j X as {@link GramPass} has them
   * @param targets y'y, and X'D_j y of each network's directions as gradients
   * @param near the rows near the borders of each network, block after block
   */
  @SuppressWarnings("ArrayRecordComponent") // sums, never compared
  public record Answer(double[] products, List<ClimbPass.Sums> targets, List<List<RowBlock>> near)
      implements Serializable {}

  /** Copies the list. */
  public BorderPass {
    borders = List.copyOf(borders);
  }

  @Override
  public String what() {
    return "rows near borders of " + borders.size() + " networks";
  }

  @Override
  public Answer plus(Answer a, Answer b) {
    for (int l = 0; l < a.near.size(); l++) {
      a.near.get(l).addAll(b.near.get(l));
    }
    return new Answer(
        LocalRows.plus(a.products, b.products), targets().plus(a.targets, b.targets), a.near);
  }

  @Override
  public Worker<Answer> worker() {
    Worker<double[]> gram = products.worker();
    Worker<List<ClimbPass.Sums>> targets = targets().worker();
    return block -> {
      List<List<RowBlock>> near = new ArrayList<>();
      borders.forEach(own -> near.add(new ArrayList<>(List.of(own.near(block)))));
      return new Answer(gram.of(block), targets.of(block), near);
    };
  }

  /** The gradients of empty networks are X'D_j y. */
  private ClimbPass targets() {
    return new ClimbPass(borders.stream().map(Borders::targets).toList());
  }
}
