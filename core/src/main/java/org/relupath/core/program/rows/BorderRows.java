package org.relupath.core.program.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.planes.PairProducts;

/**
 * All rows as they are seen near a network, in the memory of this machine: the rows near the
 * borders of some directions themselves, and {@link OtherRows sums} over all others. Questions
 * about directions close to these are answered exactly as long as no other row changes sides; a
 * direction further away has gradient 0.
 */
public final class BorderRows implements RowPasses {
  /** Rows that come back at most, as a multiple of those wanted: many scores may be small. */
  private static final int MOST_TIMES = 3;

  private final long n;
  private final double[] gram;
  private final LocalRows near;
  private final OtherRows others;

  private BorderRows(long n, double[] gram, LocalRows near, OtherRows others) {
    this.n = n;
    this.gram = gram;
    this.near = near;
    this.others = others;
  }

  /**
   * What is to be asked for.
   *
   * @param directions not zero, m x d
   * @param n rows
   * @param gram X'X
   * @param most rows near borders that are wanted; all rows are, if there are no more
   */
  public static BorderPass.Borders borders(Matrix directions, long n, double[] gram, int most) {
    int m = directions.rows();
    int d = directions.columns();
    double[] unit = directions.values().clone();
    double[] widths = new double[m];
    for (int j = 0; j < m; j++) {
      Vectors.scale(1 / Vectors.norm(unit, j * d, d), unit, j * d, d);
      double square = 0;
      for (int k = 0; k < d; k++) {
        square += unit[j * d + k] * Vectors.dot(gram, k * d, unit, j * d, d);
      }
      // The density of normal scores at 0 is 0.4.
      double width = most / (0.8 * n * m) * Math.sqrt(Math.max(0, square) / n);
      widths[j] = n <= most ? Double.POSITIVE_INFINITY : width;
    }
    double share = Math.min(1, (double) MOST_TIMES * most / n);
    return new BorderPass.Borders(new Matrix(m, d, unit), widths, share);
  }

  /** What rows are asked for several networks together, by one pass or a few. */
  public static final class Question {
    private final List<BorderPass.Borders> borders;
    private final List<GramPass> products = new ArrayList<>();

    /** Of the directions of each network. */
    public Question(List<BorderPass.Borders> borders) {
      this(borders, RowPasses.MOST_NUMBERS);
    }

    /**
     * Of the directions of each network.
     *
     * @param most numbers that a pass may bring back
     */
    Question(List<BorderPass.Borders> borders, long most) {
      this.borders = List.copyOf(borders);
      int d = borders.get(0).directions().columns();
      List<Matrix> groups = new ArrayList<>();
      List<GramPass.Pair> pairs = new ArrayList<>();
      borders.forEach(own -> new DirectionProducts(own.directions()).ask(groups, pairs));
      long numbers = (long) PairProducts.PAIRS * d * d;
      RowPasses.parts(pairs, most, pair -> numbers)
          .forEach(part -> products.add(new GramPass(groups, part)));
    }

    /** Passes that it takes. */
    public int passes() {
      return products.size();
    }

    /**
     * Asks.
     *
     * @param gram X'X
     * @return the rows as each network sees them
     */
    public List<BorderRows> ask(RowPasses rows, double[] gram) {
      BorderPass.Answer all = answer(rows);
      List<BorderRows> found = new ArrayList<>();
      int at = 0;
      for (int l = 0; l < borders.size(); l++) {
        BorderPass.Borders own = borders.get(l);
        LocalRows near = new LocalRows(List.of(RowSample.join(all.near().get(l))), 0);
        BorderPass.Answer part = new Question(List.of(own)).answer(near);
        DirectionProducts products = new DirectionProducts(own.directions());
        double[] moments = gram.clone();
        Vectors.scale(1.0 / rows.rows(), moments, 0, moments.length);
        OtherRows others =
            new OtherRows(
                own.directions(),
                own.widths(),
                moments,
                minus(products.matrix(all.products(), at), products.matrix(part.products(), 0)),
                minus(all.targets().get(l).gradients(), part.targets().get(0).gradients()),
                all.targets().get(l).square() - part.targets().get(0).square());
        found.add(new BorderRows(rows.rows(), gram, near, others));
        at += Math.toIntExact(products.numbers());
      }
      return found;
    }

    private BorderPass.Answer answer(RowPasses rows) {
      BorderPass.Answer last = rows.ask(new BorderPass(products.get(products.size() - 1), borders));
      if (products.size() == 1) {
        return last;
      }
      List<double[]> parts = new ArrayList<>();
      products.subList(0, products.size() - 1).forEach(part -> parts.add(rows.ask(part)));
      parts.add(last.products());
      double[] all = parts.stream().flatMapToDouble(Arrays::stream).toArray();
      return new BorderPass.Answer(all, last.targets(), last.near());
    }

    private static double[] minus(double[] a, double[] b) {
      Vectors.axpy(-1, b, 0, a, 0, a.length);
      return a;
    }
  }

  @Override
  public long rows() {
    return n;
  }

  @Override
  public int columns() {
    return others.centres().columns();
  }

  @Override
  public int gates() {
    return 0;
  }

  @Override
  public RowSums sums(List<BlockWeights> weights) {
    throw new UnsupportedOperationException("no gates are kept");
  }

  @Override
  public double[] gram() {
    return gram.clone();
  }

  @Override
  public RowBlock draw(RowSample sample) {
    throw new UnsupportedOperationException("most rows are elsewhere");
  }

  @Override
  public <S> S ask(RowQuestion<S> question) {
    return question.with(others, near.ask(question));
  }
}
