package org.relupath.core.program.search;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * Climbs from given directions to patterns of large ||v_b||; the two programs do it in their own
 * ways. Not thread-safe.
 */
public interface PatternClimb {

  /**
   * Climbs from one chunk of the starts.
   *
   * @param u n entries
   * @param starts all starts
   * @param chunk which part of them, from 0; the result depends on nothing else
   * @return where the climbs ended, distinct in pattern and sign, best first
   */
  List<PatternCandidate> climb(double[] u, SearchStarts starts, int chunk);

  /** The way of a program's model. */
  static PatternClimb of(Problem problem) {
    return problem.model() == Model.RELU ? new ConeClimb(problem) : new GateClimb(problem);
  }

  /** A search that climbs from all starts on this machine, chunk after chunk. */
  static PatternSearch search(Problem problem) {
    PatternClimb climb = of(problem);
    return (u, starts) -> {
      List<PatternCandidate> found = new ArrayList<>();
      for (int chunk = 0; chunk < starts.chunks(); chunk++) {
        found.addAll(climb.climb(u, starts, chunk));
      }
      return PatternCandidate.best(found, PatternSearch.MOST);
    };
  }
}
