package org.relupath.spark.train;

import java.util.List;
import org.relupath.core.solve.SearchEvidence;

/**
 * What the last searches of all patterns found: evidence, and no proof.
 *
 * @param evidence one a lambda, largest lambda first; null where a limit left no time for one
 * @param rank of X, as searches have it
 * @param limitReached whether patterns had to be left out
 */
public record SearchResult(List<SearchEvidence> evidence, int rank, boolean limitReached) {}
