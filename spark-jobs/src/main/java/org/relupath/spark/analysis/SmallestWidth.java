package org.relupath.spark.analysis;

import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.prune.SmallestNetwork;

/**
 * What a search for the smallest optimal network proves.
 *
 * @param smallestWidthBound no optimal network has fewer neurons; null where that is not certain
 * @param provenSmallest whether one has as few
 * @param provenBy how that is known; {@code SEARCH} where it is not proven
 */
public record SmallestWidth(
    Integer smallestWidthBound, boolean provenSmallest, SmallestNetwork.Proof provenBy)
    implements java.io.Serializable {
  /** Searches a set for its smallest network. */
  public static SmallestNetwork search(OptimalSet set, int vertices, long seed) {
    SmallestNetwork.Limits usual = SmallestNetwork.Limits.DEFAULT;
    return SmallestNetwork.of(
        set.polytope(),
        new SmallestNetwork.Limits(vertices, usual.prunings(), usual.nodes(), seed));
  }

  /**
   * What such a search proves of a network of some width. Nothing is certain at a large gap, at an
   * unclear rank or support, and where one network alone was found and may not be the only one.
   *
   * @param uniqueness of the whole set
   */
  public static SmallestWidth of(
      SmallestNetwork smallest, OptimalSet set, Uniqueness uniqueness, int width) {
    boolean only = smallest.proof() == SmallestNetwork.Proof.UNIQUE;
    boolean certain =
        set.polytope().certain()
            && PolishedSolution.decides(set.equicorrelation().solution())
            && (!only || uniqueness.state() == Uniqueness.State.UNIQUE);
    return of(smallest, certain ? (Integer) smallest.lowerBound() : null, width);
  }

  /**
   * What a search of some of a set's neurons proves: nothing of the others, where there are any.
   *
   * @param set what was searched
   * @param all the whole set
   */
  public static SmallestWidth ofPart(
      SmallestNetwork smallest, OptimalSet set, OptimalSet all, int width) {
    return set.neurons().size() == all.neurons().size()
        ? of(smallest, set, all.uniqueness(), width)
        : of(smallest, null, width);
  }

  /** What it proves with a bound, or without one where that is null. */
  public static SmallestWidth of(SmallestNetwork smallest, Integer bound, int width) {
    boolean proven = bound != null && bound == width;
    return new SmallestWidth(
        bound, proven, proven ? smallest.proof() : SmallestNetwork.Proof.SEARCH);
  }
}
