package org.relupath.core.gates.arrangement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;

/**
 * All activation patterns of a small X.
 *
 * <p>The hyperplanes {g : x_r'g = 0} cut R^d into cells, and a pattern D = diag(1[X g >= 0]) is the
 * same all over the inside of a cell. There are at most 2 sum_{k&lt;r} C(m-1, k) of them, r = rank
 * X, m the number of rows on different lines (Cover, 1965;
 * core/docs/mathematics.md#networks-and-patterns), and exactly that many where any r rows are
 * independent.
 *
 * <p><b>C-ReLU needs no other pattern.</b> Let w be any weight vector and D a pattern with w in K_D
 * = {w : (2D - I) X w >= 0}. The closed cells cover R^d, so w lies in the closure K_C of a cell of
 * pattern C, where also C X w = (X w)_+ = D X w: block C with the same w has the same fit and the
 * same norm. Hence no pattern from the boundary between cells, nor any other diagonal of zeros and
 * ones, makes a better network, of any width.
 *
 * <p><b>C-GReLU does.</b> Its weights are not tied to the gate, and a gate on the boundary, as g =
 * 0, is active on every row it is tight on, which no cell need be: with X = (1, -1)' the cells have
 * the patterns (1, 0) and (0, 1), but g = 0 has (1, 1), and y = (1, -1)' costs lambda there and 2
 * lambda through the cells. {@link #everyGate} has the patterns of all g in R^d.
 *
 * <p>Rows on one line, repeated or mirrored, are one hyperplane; zero rows are active always. All
 * of this is about the doubles of X as they are, exactly: rows that differ in their last bit are
 * two hyperplanes, with cells between them.
 */
public final class PatternEnumeration {
  /** Entries of X of which rank and lines are counted, exactly, for the text of a refusal. */
  private static final int COUNTED = 2000;

  private final int rows;
  private final List<long[]> bits;
  private final List<double[]> gates;

  private PatternEnumeration(int rows, List<Cell> cells) {
    this.rows = rows;
    this.bits = cells.stream().map(Cell::bits).toList();
    this.gates = cells.stream().map(Cell::gate).collect(Collectors.toList());
  }

  /**
   * 2 sum_{k &lt; rank} C(rows - 1, k): the largest number of patterns that so many rows can have.
   *
   * @param rows the number of rows, of which those on one line count once and zero rows do not
   * @param rank of these rows, 0 where there are none
   */
  public static BigInteger bound(int rows, int rank) {
    if (rank < 0 || rank > rows) {
      throw new IllegalArgumentException("rank is " + rank + ", expected 0 to " + rows + " (rows)");
    }
    if (rank == 0) {
      return BigInteger.ONE;
    }
    BigInteger sum = BigInteger.ZERO;
    BigInteger binomial = BigInteger.ONE;
    for (int k = 0; k < rank; k++) {
      sum = sum.add(binomial);
      binomial =
          binomial.multiply(BigInteger.valueOf(rows - 1L - k)).divide(BigInteger.valueOf(k + 1L));
    }
    return sum.shiftLeft(1);
  }

  /** The bound for the rows of X: the number of its patterns where they are in general position. */
  public static BigInteger bound(Matrix x) {
    return bound(Arrangement.of(x));
  }

  private static BigInteger bound(Arrangement arrangement) {
    return bound(arrangement.lines().count(), arrangement.rank());
  }

  /** Whether {@link #bound(Matrix)} is at most this; X of any size is only looked at so far. */
  public static boolean isWithin(Matrix x, long limit) {
    return Arrangement.within(x, BigInteger.valueOf(limit)).isPresent();
  }

  /**
   * Enumerates the cells of X with a gate inside each.
   *
   * @param x X, n x d
   * @param limit refuse if {@link #bound(Matrix)} is above it
   * @throws IllegalArgumentException if there may be more than {@code limit} patterns; the message
   *     says how many
   */
  public static PatternEnumeration of(Matrix x, long limit) {
    CellSearch search = CellSearch.of(x, limit);
    List<CellSearch.Cells> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < search.chunks(); chunk++) {
      chunks.add(search.chunk(chunk));
    }
    return of(search, chunks);
  }

  /**
   * Puts the cells of a search in order: what {@link #of(Matrix, long)} gives, to the last bit,
   * wherever the chunks were searched.
   *
   * @param search the search
   * @param chunks all of its chunks, in any order; what is there twice counts once
   * @throws IllegalStateException if a cell is there without the one opposite to it: a chunk is
   *     missing
   */
  public static PatternEnumeration of(CellSearch search, List<CellSearch.Cells> chunks) {
    List<Cell> cells = new ArrayList<>();
    for (CellSearch.Cells chunk : chunks) {
      for (int i = 0; i < chunk.bits().length; i++) {
        cells.add(new Cell(chunk.bits()[i], chunk.gates()[i]));
      }
    }
    cells.sort(PatternEnumeration::compare);
    List<Cell> distinct = new ArrayList<>(cells.size());
    for (Cell cell : cells) {
      int last = distinct.size() - 1;
      if (last < 0 || compare(distinct.get(last).bits(), cell.bits()) != 0) {
        distinct.add(cell);
      }
    }
    requireWhole(search, distinct);
    return new PatternEnumeration(search.x().rows(), distinct);
  }

  private static void requireWhole(CellSearch search, List<Cell> sorted) {
    // Opposite cells are in opposite order, but for rows of zeros, on which all agree.
    int count = sorted.size();
    for (int i = 0; i < count; i++) {
      long[] opposite = search.mirrored(sorted.get(i).bits());
      if (compare(opposite, sorted.get(count - 1 - i).bits()) != 0) {
        throw new IllegalStateException("the cell opposite to number " + i + " is missing");
      }
    }
  }

  /**
   * The non-zero patterns of all gates g in R^d, those on the boundaries of cells included: what
   * bounds C-GReLU for every choice of gates. Most of them have no gate that rounding leaves where
   * it is, so they come without.
   *
   * @param x X, n x d
   * @param limit refuse if {@link #bound(Matrix)} or the number of patterns is above it
   * @throws IllegalArgumentException if there are more than {@code limit} patterns, or may be more
   *     in cells alone
   */
  public static Patterns everyGate(Matrix x, long limit) {
    requireFew(x, limit);
    return everyGateWithin(x, limit)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "X has more than " + limit + " patterns, boundaries of cells included"));
  }

  /** {@link #everyGate} where there are no more than {@code limit} patterns, and else nothing. */
  public static Optional<Patterns> everyGateWithin(Matrix x, long limit) {
    Optional<Arrangement> arrangement = Arrangement.within(x, BigInteger.valueOf(limit));
    if (arrangement.isEmpty()) {
      return Optional.empty();
    }
    List<long[]> found = new ArrayList<>();
    Set<BitSet> known = new HashSet<>();
    Set<BitSet> visited = new HashSet<>();
    List<Arrangement> open = new ArrayList<>(List.of(arrangement.get()));
    while (!open.isEmpty()) {
      Arrangement flat = open.remove(open.size() - 1);
      if (!visited.add(flat.zeroRows())) {
        continue;
      }
      if (bound(flat).compareTo(BigInteger.valueOf(limit)) > 0) {
        return Optional.empty();
      }
      for (BitSet cell : flat.signs()) {
        long[] pattern = flat.pattern(cell);
        if (known.add(BitSet.valueOf(pattern))) {
          found.add(pattern);
        }
      }
      if (found.size() > limit) {
        return Optional.empty();
      }
      for (int l = 0; l < flat.lines().count(); l++) {
        open.add(flat.restrict(l));
      }
    }
    found.sort(PatternEnumeration::compare);
    return Optional.of(Patterns.distinct(x.rows(), found));
  }

  /** The arrangement of X, if it has few cells enough. */
  static Arrangement requireFew(Matrix x, long limit) {
    return Arrangement.within(x, BigInteger.valueOf(limit))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "X of " + most(x) + " patterns, expected at most " + limit));
  }

  /** How many patterns X may have: counted where that takes no time, and else by its shape. */
  private static String most(Matrix x) {
    if (x.values().length > COUNTED) {
      BigInteger bound = bound(x.rows(), Math.min(x.rows(), x.columns()));
      return x.rows() + " rows and " + x.columns() + " columns has up to " + bound;
    }
    Arrangement all = Arrangement.of(x);
    int lines = all.lines().count();
    return "rank " + all.rank() + " with rows on " + lines + " lines has up to " + bound(all);
  }

  /** By their patterns; of one cell's gates that with the smallest entries, and any before none. */
  private static int compare(Cell a, Cell b) {
    int order = compare(a.bits(), b.bits());
    if (order != 0 || a.gate() == b.gate()) {
      return order;
    }
    if (a.gate() == null || b.gate() == null) {
      return a.gate() == null ? 1 : -1;
    }
    return Arrays.compare(a.gate(), b.gate());
  }

  /** By the first row in which two patterns differ, the active one first. */
  private static int compare(long[] a, long[] b) {
    for (int i = 0; i < a.length; i++) {
      long differing = a[i] ^ b[i];
      if (differing != 0) {
        return (a[i] & Long.lowestOneBit(differing)) != 0 ? -1 : 1;
      }
    }
    return 0;
  }

  /**
   * A gate of length one inside every cell that has one, a gate a row, in the order of their
   * patterns; that of a cell with no active row included. Zero where X is.
   */
  public Matrix gates() {
    return Matrix.ofRows(gates.stream().filter(Objects::nonNull).toArray(double[][]::new));
  }

  /**
   * The number of cells without a gate: so thin that no vector of doubles was found in them, as
   * where columns of X add up to another one but for rounding.
   */
  public int ungated() {
    return (int) gates.stream().filter(Objects::isNull).count();
  }

  /** The gate of one cell, by its place in the order of patterns; null where it has none. */
  public double[] gate(int cell) {
    return gates.get(cell);
  }

  /** The number of cells, that of no active row included. */
  public int count() {
    return bits.size();
  }

  /** The non-zero patterns of the cells; pattern b is that of cell {@code gateId(b)}. */
  public Patterns patterns() {
    return Patterns.distinct(rows, bits);
  }

  @SuppressWarnings("ArrayRecordComponent") // a pair on its way
  private record Cell(long[] bits, double[] gate) {}
}
