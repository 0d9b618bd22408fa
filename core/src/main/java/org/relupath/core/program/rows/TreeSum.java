package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Parts numbered 0 to N - 1 added in one order, whichever arrive first and whoever adds them: up a
 * binary tree over the numbers. Two neighbours 2i and 2i + 1 of a level are added, the lower one
 * first, into i of the level above; a last one without a neighbour goes up as it is.
 *
 * @param <T> what is added
 */
public final class TreeSum<T> implements Serializable {
  private final long parts;
  private final TreeMap<Long, T> nodes = new TreeMap<>();

  /**
   * A sum of no parts so far.
   *
   * @param parts N, how many there will be
   */
  public TreeSum(long parts) {
    this.parts = parts;
  }

  /** Adds part number {@code number}; {@code plus} may change and return its first argument. */
  public TreeSum<T> add(long number, T part, BinaryOperator<T> plus) {
    if (number < 0 || number >= parts) {
      throw new IllegalArgumentException("part " + number + " of " + parts);
    }
    put(0, number, part, plus);
    return this;
  }

  /** Adds all parts that another sum has and this one has not. */
  public TreeSum<T> add(TreeSum<T> other, BinaryOperator<T> plus) {
    other.nodes.forEach((key, node) -> put(level(key), place(key), node, plus));
    return this;
  }

  /** How many sums of neighbours are held, which have not met yet. */
  public int size() {
    return nodes.size();
  }

  /** The lowest level of the tree that has at most so many nodes. */
  public static int level(long parts, int most) {
    int level = 0;
    while (((parts - 1) >> level) + 1 > most) {
      level++;
    }
    return level;
  }

  /**
   * The sums that are held, apart by the node of a level that they go into: what is missing there
   * is with other sums of that node, and nowhere else.
   *
   * @param level of the tree
   * @return by place on the level
   */
  public Map<Integer, TreeSum<T>> under(int level) {
    Map<Integer, TreeSum<T>> under = new TreeMap<>();
    nodes.forEach(
        (key, node) -> {
          int own = level(key);
          long place = own < level ? place(key) >> (level - own) : place(key) << (own - level);
          under
              .computeIfAbsent(Math.toIntExact(place), p -> new TreeSum<>(parts))
              .nodes
              .put(key, node);
        });
    return under;
  }

  /** The sum of all parts; an error while some are missing. */
  public T total() {
    if (nodes.size() != 1 || width(level(nodes.firstKey())) != 1) {
      throw new IllegalStateException(missing() + " of " + parts + " parts are missing");
    }
    return nodes.firstEntry().getValue();
  }

  private void put(int level, long place, T node, BinaryOperator<T> plus) {
    if (width(level) == 1) {
      nodes.put(key(level, place), node);
      return;
    }
    long neighbour = place ^ 1;
    if (neighbour >= width(level)) {
      put(level + 1, place >> 1, node, plus);
      return;
    }
    T other = nodes.remove(key(level, neighbour));
    if (other == null) {
      nodes.put(key(level, place), node);
    } else {
      T sum = place < neighbour ? plus.apply(node, other) : plus.apply(other, node);
      put(level + 1, place >> 1, sum, plus);
    }
  }

  /** How many nodes a level has. */
  private long width(int level) {
    return ((parts - 1) >> level) + 1;
  }

  private long missing() {
    long there = 0;
    for (long key : nodes.keySet()) {
      long first = place(key) << level(key);
      there += Math.min(parts, first + (1L << level(key))) - first;
    }
    return parts - there;
  }

  /** Levels are few and places many: the level is in the low bits. */
  private static long key(int level, long place) {
    return place << 6 | level;
  }

  private static int level(long key) {
    return (int) (key & 63);
  }

  private static long place(long key) {
    return key >> 6;
  }

  /** The parts added, in one go. */
  public static <T> T of(List<T> parts, BinaryOperator<T> plus) {
    TreeSum<T> sum = new TreeSum<>(parts.size());
    List<T> copy = new ArrayList<>(parts);
    for (int i = 0; i < copy.size(); i++) {
      sum.add(i, copy.get(i), plus);
    }
    return sum.total();
  }
}
