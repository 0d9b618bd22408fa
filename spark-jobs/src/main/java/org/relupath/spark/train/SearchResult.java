package org.relupath.spark.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.relupath.core.solve.SearchEvidence;

/**
 * What the last searches of all patterns found: evidence, and no proof.
 *
 * @param evidence one a lambda, largest lambda first; null where a limit left no time for one
 * @param coordinates that searches work in: {@code isotropic}, or {@code scaled} of a sparse X
 * @param rank the number of them: of isotropic ones the rank of X
 * @param limitReached whether patterns had to be left out
 */
public record SearchResult(
    List<SearchEvidence> evidence, String coordinates, int rank, boolean limitReached) {
  /** The relative gap that each search left, or null: see {@link #open}. */
  public static List<Double> gaps(List<SearchEvidence> evidence) {
    return evidence.stream().map(one -> one == null ? null : one.searchedGap()).toList();
  }

  /** The largest of a figure at all lambdas; null where one was not searched at. */
  public Double worst(ToDoubleFunction<SearchEvidence> figure) {
    return evidence.contains(null)
        ? null
        : (Double) evidence.stream().mapToDouble(figure).max().orElse(0);
  }

  /**
   * A warning of the lambdas where searches left more than they were to leave, if any.
   *
   * @param found the relative gaps that they left, one a lambda; null where a limit left no time
   *     for a search
   * @param tolerance the gap that they were to leave at most
   */
  public static Optional<String> open(List<Double> found, double tolerance) {
    long open = found.stream().filter(gap -> gap == null || gap > tolerance).count();
    return open == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "at %d of %d lambdas patterns may be missing that leave a gap above %s"
                    + " (--search-tolerance)",
                open,
                found.size(),
                tolerance));
  }
}
