package org.relupath.spark.train;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.relupath.core.solve.SearchEvidence;

/**
 * What the last searches of all patterns found: evidence, and no proof.
 *
 * @param evidence one a lambda, largest lambda first; null where a limit left no time for one
 * @param rank of X, as searches have it
 * @param limitReached whether patterns had to be left out
 */
public record SearchResult(List<SearchEvidence> evidence, int rank, boolean limitReached) {
  /** The largest of a figure at all lambdas; null where one was not searched at. */
  public Double worst(ToDoubleFunction<SearchEvidence> figure) {
    return evidence.contains(null)
        ? null
        : (Double) evidence.stream().mapToDouble(figure).max().orElse(0);
  }

  /** A clause for a line of output, such as {@code , searched gap 2.1e-07}; or empty. */
  public static String clause(SearchResult search) {
    Double gap = search == null ? null : search.worst(SearchEvidence::searchedGap);
    return gap == null ? "" : String.format(Locale.ROOT, ", searched gap %.1e", gap);
  }
}
