package org.relupath.spark.audit;

import java.util.List;
import java.util.Optional;
import org.relupath.core.audit.critical.CriticalValue;
import org.relupath.core.audit.critical.CriticalValues;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * A value of the objective at the optima of sub-sampled programs or at critical networks, on tiny
 * data.
 *
 * @param objective in the units of the loss scaling
 * @param critical whether a critical point of the network problem has it
 * @param neurons the widths of the networks met
 */
record CriticalRow(double objective, boolean critical, List<Integer> neurons) {
  /** More patterns than these have too many sets of blocks to be worth a list. */
  private static final int MOST_PATTERNS = 8;

  /** As many as there are sets of their blocks: the list is never cut off. */
  private static final int MOST_PROGRAMS = 1 << (2 * MOST_PATTERNS);

  /** Sets of faces of X's arrangement: some seconds. A list that would lack some is not given. */
  private static final int MOST_SETS = 50_000;

  /**
   * All values.
   *
   * @param lambda in the units of a loss that is a sum
   * @param unit what these are divided by to be the user's
   * @return null where the data is not tiny
   */
  static List<CriticalRow> all(Problem problem, double lambda, double unit) {
    if (problem.model() == Model.GATED
        || !PatternEnumeration.isWithin(problem.sides().dense(), MOST_PATTERNS)) {
      return null;
    }
    PatternEnumeration patterns = PatternEnumeration.of(problem.sides().dense(), MOST_PATTERNS);
    ConvexProgram program = new ConvexProgram(problem, patterns.patterns());
    Optional<CriticalValues> whole =
        CriticalValues.of(program, Matrix.zeros(0, 0), lambda, MOST_PROGRAMS)
            .withKinks(program, lambda, MOST_SETS);
    return whole
        .map(all -> all.values().stream().map(value -> of(value, unit)).toList())
        .orElse(null);
  }

  private static CriticalRow of(CriticalValue value, double unit) {
    return new CriticalRow(
        value.objective() / unit,
        value.critical(),
        value.points().stream().map(point -> point.network().width()).distinct().toList());
  }
}
