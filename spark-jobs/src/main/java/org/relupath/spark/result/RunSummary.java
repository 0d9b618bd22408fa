package org.relupath.spark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.train.Training;

/**
 * Where the work of a run was done and how long it took, as summary.json has it.
 *
 * @param preparation what columns that are not numbers as they are were taken for
 * @param passes over all rows; left out where rows are in memory
 * @param engine which part of the work executors did
 * @param engineReason why it was chosen
 * @param seconds by phase; those of passes over rows are part of preparing and solving, those of
 *     gathering patterns of preparing
 */
public record RunSummary(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> preparation,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer passes,
    Engine engine,
    String engineReason,
    Map<String, Double> seconds) {

  /**
   * The summary of a training so far.
   *
   * @param seconds by phase
   */
  public static RunSummary of(Training training, Map<String, Double> seconds) {
    Map<String, Double> all = new LinkedHashMap<>(seconds);
    training.passes().ifPresent(passes -> all.put("passes", training.passSeconds()));
    training
        .gathering()
        .ifPresent(
            gathering -> {
              all.put("gather", gathering.sum());
              all.put("gatherSlide", gathering.sliding());
              all.put("gatherSolve", gathering.solving());
              all.put("gatherSearch", gathering.searching());
            });
    return new RunSummary(
        training.solver().map(solver -> solver.program().columnNotes()).orElse(List.of()),
        training.passes().isEmpty() ? null : (Integer) training.passes().getAsInt(),
        training.engine().engine(),
        training.engine().reason(),
        all);
  }

  /** A clause for a line of output where rows were passed over; else empty. */
  public static String passes(Training training) {
    return training.passes().isEmpty()
        ? ""
        : ", " + training.passes().getAsInt() + " passes over " + training.program().n() + " rows";
  }
}
