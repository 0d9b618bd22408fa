package org.relupath.spark.result.outputs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.relupath.core.program.Model;
import org.relupath.core.solve.Status;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.run.Versions;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;

/**
 * summary.json of a run of K outputs, in the units of the loss scaling. Objectives and their bounds
 * are sums over outputs: those of networks of K outputs whose neurons feed one output each.
 *
 * @param task classification where every output has two labels, else regression
 * @param classes the labels; empty where outputs are label columns
 * @param status the worst of all outputs
 * @param relativeGap the largest of all outputs
 * @param gapToGlobal the largest of all outputs
 * @param lambdaMax the largest of all outputs
 * @param chosenBy how lambda was chosen
 * @param measured how the networks do together
 * @param outputs each of them
 * @param preparation what columns that are not numbers as they are were taken for
 * @param warnings what to be aware of in any of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JointSummary(
    String task,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<?> classes,
    Status status,
    Model model,
    ModelSettings.LossScaling lossScaling,
    long n,
    int d,
    double lambdaMax,
    double objective,
    double dualObjective,
    double relativeGap,
    double lowerBound,
    double gapToGlobal,
    int neurons,
    String chosenBy,
    @JsonUnwrapped JointMeasurement measured,
    List<OutputSummary> outputs,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> preparation,
    List<String> warnings,
    long seed,
    Map<String, String> versions,
    Map<String, Double> seconds) {

  /**
   * The summary.
   *
   * @param warnings of the outputs, each with its name
   * @param seconds by phase
   */
  public static JointSummary of(
      RunSettings settings,
      OutputRows rows,
      List<OutputSummary> outputs,
      List<Training> trainings,
      List<TrainedPath> trained,
      JointMeasurement measured,
      List<String> warnings,
      Map<String, Double> seconds) {
    Training first = trainings.get(0);
    boolean each = trained.stream().map(path -> path.selection().index()).distinct().count() > 1;
    return new JointSummary(
        trainings.stream().allMatch(one -> one.program().labels().length == 2)
            ? "classification"
            : "regression",
        rows.classes(),
        Shortfall.worst(outputs.stream().map(OutputSummary::status).toList()),
        settings.model().model(),
        settings.model().lossScaling(),
        first.program().n(),
        first.program().d(),
        outputs.stream().mapToDouble(OutputSummary::lambdaMax).max().orElse(0),
        outputs.stream().mapToDouble(OutputSummary::objective).sum(),
        outputs.stream().mapToDouble(OutputSummary::dualObjective).sum(),
        outputs.stream().mapToDouble(OutputSummary::relativeGap).max().orElse(0),
        outputs.stream().mapToDouble(OutputSummary::lowerBound).sum(),
        outputs.stream().mapToDouble(OutputSummary::gapToGlobal).max().orElse(0),
        outputs.stream().mapToInt(OutputSummary::neurons).sum(),
        (each ? "each output: " : "") + trained.get(0).selection().by(),
        measured,
        outputs,
        first.solver().map(solver -> solver.program().columnNotes()).orElse(List.of()),
        warnings,
        settings.model().seed(),
        Versions.all(),
        seconds);
  }
}
