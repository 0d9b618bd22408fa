package org.relupath.core.solve.slide;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;

/**
 * The distinct non-zero activation patterns that a column generation has come upon, each with a
 * gate that induces it, and those of them that are kept.
 *
 * <p>A pattern's number in the pool never changes, and nor does its place among those kept. Inside
 * the generation blocks carry the one, outside the other. Not thread-safe.
 */
public final class PatternPool {
  /** More patterns than a pool can hold: of as many are its blocks, so that ids stay. */
  private static final int ENDLESS = 1 << 29;

  private final PatternReader reader;
  private final int rows;
  private final List<double[]> gates = new ArrayList<>();
  private final List<long[]> bits = new ArrayList<>();
  private final Map<BitSet, Integer> numbers = new HashMap<>();
  private final List<Integer> kept = new ArrayList<>();
  private final Map<Integer, Integer> places = new HashMap<>();

  /**
   * An empty pool.
   *
   * @param problem whose rows the patterns are on
   */
  public PatternPool(Problem problem) {
    this.reader = new PatternReader(problem.sides());
    this.rows = problem.n();
  }

  /**
   * The number of the pattern that a gate has on the problem's rows; -1 if that is zero.
   *
   * @param gate d entries, not to be changed any more
   */
  public int read(double[] gate) {
    return add(gate, reader.pattern(gate));
  }

  /** The number of a pattern; -1 if it is not here. */
  public int number(long[] pattern) {
    return numbers.getOrDefault(BitSet.valueOf(pattern), -1);
  }

  /**
   * The number of a pattern, which joins unless it is here; -1 if it is zero.
   *
   * @param gate that induces it (d entries), not to be changed any more
   * @param pattern its n bits
   */
  public int add(double[] gate, long[] pattern) {
    BitSet key = BitSet.valueOf(pattern);
    if (key.isEmpty()) {
      return -1;
    }
    Integer here = numbers.putIfAbsent(key, gates.size());
    if (here != null) {
      return here;
    }
    gates.add(gate);
    bits.add(pattern);
    return gates.size() - 1;
  }

  /** A gate of a pattern (d entries), not to be changed. */
  public double[] gate(int pattern) {
    return gates.get(pattern);
  }

  /** The given patterns, in their order, as those of a program. */
  public Patterns patterns(List<Integer> some) {
    return Patterns.distinct(rows, some.stream().map(bits::get).toList());
  }

  /** Keeps a pattern, unless it is none. */
  public void keep(int pattern) {
    if (pattern >= 0 && places.putIfAbsent(pattern, kept.size()) == null) {
      kept.add(pattern);
    }
  }

  /** The patterns kept, in the order in which they came. */
  public List<Integer> kept() {
    return List.copyOf(kept);
  }

  /** The gates of the patterns kept, a gate a row. */
  public Matrix keptGates() {
    return Matrix.ofRows(kept.stream().map(gates::get).toArray(double[][]::new));
  }

  /** The block of a pattern and a sign, numbered by the pool. */
  public Block block(int pattern, int sign) {
    return new Block(0, 0, sign, bits.get(pattern)).numbered(pattern, ENDLESS);
  }

  /** Weights of blocks numbered by the places of their patterns, as blocks of the pool. */
  public BlockWeights pooled(BlockWeights weights) {
    return weights.relabel(b -> block(kept.get(b.pattern()), b.sign()));
  }

  /** Weights of blocks of the pool, all of whose patterns are kept, numbered by their places. */
  public BlockWeights placed(BlockWeights weights) {
    return weights.relabel(b -> b.numbered(places.get(b.pattern()), ENDLESS));
  }
}
