package org.relupath.spark.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relupath.core.audit.critical.CriticalValue;
import org.relupath.core.audit.critical.CriticalValues;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * The values of the objective at the optima of all sub-sampled programs and at all critical
 * networks, on tiny data.
 */
final class CriticalList {
  /** More patterns than these have too many sets of blocks to be worth a list. */
  private static final int MOST_PATTERNS = 8;

  /** As many as there are sets of their blocks: the list is never cut off. */
  private static final int MOST_PROGRAMS = 1 << (2 * MOST_PATTERNS);

  /** Sets of faces of X's arrangement: some seconds. A list that would lack some is not given. */
  private static final int MOST_SETS = 50_000;

  private CriticalList() {}

  /**
   * The list for audit.json.
   *
   * @param unit n where the loss is a mean, else 1
   * @return objective, whether a critical point of the network problem has it, and the widths of
   *     the networks met; null where the data is not tiny
   */
  static List<Map<String, Object>> of(Problem problem, double lambda, double unit) {
    if (problem.model() == Model.GATED
        || !PatternEnumeration.isWithin(problem.x(), MOST_PATTERNS)) {
      return null;
    }
    PatternEnumeration patterns = PatternEnumeration.of(problem.x(), MOST_PATTERNS);
    ConvexProgram program = new ConvexProgram(problem, patterns.patterns());
    Optional<CriticalValues> whole =
        CriticalValues.of(program, Matrix.zeros(0, 0), lambda, MOST_PROGRAMS)
            .withKinks(program, lambda, MOST_SETS);
    if (whole.isEmpty()) {
      return null;
    }
    List<Map<String, Object>> list = new ArrayList<>();
    for (CriticalValue value : whole.get().values()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("objective", value.objective() / unit);
      fields.put("critical", value.critical());
      fields.put(
          "neurons",
          value.points().stream().map(point -> point.network().width()).distinct().toList());
      list.add(fields);
    }
    return list;
  }
}
