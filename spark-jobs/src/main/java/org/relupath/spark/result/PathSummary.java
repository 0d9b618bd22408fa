package org.relupath.spark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.program.ProgramSummary;
import org.relupath.spark.train.program.SolvedPath;

/**
 * summary.json of a path: that of its chosen network, and why that was chosen; what is null is left
 * out.
 *
 * @param network the chosen network and its proof
 * @param analysis of all networks that are optimal at its lambda
 * @param search of all patterns
 * @param lambdaIndex the chosen lambda's place, 0 for the largest
 * @param lambdas how many there are
 * @param range what is certified between lambdas
 * @param criterion what the status {@code optimal} means
 * @param chosenBy how lambda was chosen
 * @param chosenMse the error it was chosen by
 * @param run where and how long
 * @param rowsDrawn how many training rows pages draw, where not all
 * @param statusIndex the lambda of the worst status, if that is not optimal; of the whole path
 * @param statusReason why it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PathSummary(
    @JsonUnwrapped NetworkSummary network,
    @JsonUnwrapped LambdaAnalysis analysis,
    SearchSummary search,
    int lambdaIndex,
    int lambdas,
    @JsonUnwrapped Range range,
    String criterion,
    String chosenBy,
    double chosenMse,
    @JsonUnwrapped RunSummary run,
    Integer rowsDrawn,
    Integer statusIndex,
    String statusReason) {

  /**
   * What is certified between lambdas.
   *
   * @param solves programs solved
   * @param certify the bound asked for at every lambda, in units of ||y||^2/2; null where none was
   * @param certifiedGap the largest bound
   */
  record Range(int solves, Double certify, double certifiedGap) {}

  /**
   * The summary of a path.
   *
   * @param analysis of the chosen lambda, or null
   * @param warnings what to be aware of
   * @param best the files of the chosen network
   * @param shortfall where it is to be the summary of the whole path, and that falls short; or null
   */
  public static PathSummary of(
      ProgramSummary program,
      RunSettings settings,
      TrainedPath trained,
      LambdaAnalysis analysis,
      List<String> warnings,
      RunSummary run,
      FitFiles best,
      Shortfall shortfall) {
    SolvedPath solved = trained.solved();
    Status own = trained.best().certificate().status();
    return new PathSummary(
        NetworkSummary.of(
            program,
            settings,
            trained.best(),
            solved.tolerance(),
            shortfall == null ? own : shortfall.status(),
            analysis,
            warnings,
            best.measured()),
        analysis,
        SearchSummary.of(settings.model(), program, trained.search()),
        trained.selection().index(),
        trained.networks().size(),
        solved.bounds() == null ? null : new Range(solved.solves(), solved.asked(), solved.worst()),
        trained.criterion(),
        trained.selection().by(),
        trained.selection().mse(),
        run,
        best.rowsDrawn(),
        shortfall == null ? null : (Integer) shortfall.index(),
        shortfall == null ? null : shortfall.reason());
  }
}
