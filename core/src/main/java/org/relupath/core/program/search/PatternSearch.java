package org.relupath.core.program.search;

import java.util.List;

/**
 * Looks among <em>all</em> activation patterns for those with the largest ||v_b|| = ||Proj_{K_b}(s
 * X' D u)|| at a dual point u; of C-GReLU among those of open cells, whose gates have no row on
 * their border. It climbs from many starts and proves nothing: what it does not find may exist
 * ({@link org.relupath.core.gates.arrangement.PatternEnumeration} lists all, where there are few).
 */
public interface PatternSearch {
  /** Patterns that a search returns at most. */
  int MOST = 200;

  /**
   * Searches.
   *
   * @param u n entries
   * @param starts where to climb from
   * @return where the climbs ended, distinct in pattern and sign, the largest norm first
   */
  List<PatternCandidate> search(double[] u, SearchStarts starts);
}
