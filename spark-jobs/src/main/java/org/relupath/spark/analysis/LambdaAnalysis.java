package org.relupath.spark.analysis;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;

/**
 * What {@code --analyze} finds out about one lambda, in the units of the loss scaling; as
 * summary.json has it, beside the dimension and uniqueness.
 *
 * @param polished the solution it is about
 * @param figures of all optimal networks
 * @param sensitivity of the optimal network
 * @param seconds taken
 */
public record LambdaAnalysis(
    @JsonIgnore PolishedSolution polished,
    @JsonUnwrapped @JsonIncludeProperties({"mergedDimension", "functionDimension", "decidedBy"})
        OptimalSetSummary figures,
    SensitivitySummary sensitivity,
    @JsonIgnore double seconds)
    implements java.io.Serializable {
  /** What to be aware of, if anything. */
  public Optional<String> warning() {
    return figures.resolved() ? Optional.empty() : Optional.of(PolishedSolution.UNRESOLVED);
  }
}
