package org.relupath.spark.ml;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.Status;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.io.Json;
import org.relupath.spark.ml.param.KeyParams;
import org.relupath.spark.result.Shortfall;
import org.relupath.spark.result.outputs.JointMetrics;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.ladder.FittedOutput;
import org.relupath.spark.train.ladder.Rung;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * A fit and its proof, in the units of a loss that is the mean of half the squared errors. Of K
 * classes objectives and their bounds are sums over the outputs, gaps the largest and the status
 * the worst of them.
 *
 * @param status whether the relative gap is what was asked for
 * @param n training rows
 * @param weight what they count for together: n where each counts once
 * @param d columns of X, the column of ones among them
 * @param lambda the regularization
 * @param lambdaMax the smallest lambda whose network is zero
 * @param lambdaRatio lambda as a share of that
 * @param objective loss + penalty of the network
 * @param dualObjective a lower bound of the objective over the patterns of the program
 * @param relativeGap (objective - dualObjective) / objective
 * @param lowerBound of the objective of every network of the classes that {@code outputs} name
 * @param gapToGlobal how far the objective is from that, relatively
 * @param neurons of the network
 * @param trainMse mean squared error on the training rows; of classes against -1 and +1, the mean
 *     over outputs
 * @param trainAccuracy share of the training rows whose class is predicted; null for numbers
 * @param outputs each output; one but for more than two classes
 * @param warnings what to be aware of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConvexReluSummary(
    Status status,
    long n,
    double weight,
    int d,
    double lambda,
    double lambdaMax,
    double lambdaRatio,
    double objective,
    double dualObjective,
    double relativeGap,
    double lowerBound,
    double gapToGlobal,
    int neurons,
    double trainMse,
    Double trainAccuracy,
    List<OutputFit> outputs,
    List<String> warnings) {
  /** Copies the lists. */
  public ConvexReluSummary {
    outputs = List.copyOf(outputs);
    warnings = List.copyOf(warnings);
  }

  /**
   * The summary of a fit.
   *
   * @param solver what was asked of it
   */
  static ConvexReluSummary of(List<FittedOutput> fitted, SolverSettings solver) {
    List<OutputFit> outputs = fitted.stream().map(OutputFit::of).toList();
    ProgramSummary first = fitted.get(0).summary();
    double lambda = outputs.get(0).lambda();
    double lambdaMax = outputs.stream().mapToDouble(OutputFit::lambdaMax).max().orElseThrow();
    Set<String> warnings = new LinkedHashSet<>();
    for (FittedOutput output : fitted) {
      String name = output.name().isEmpty() ? "" : output.name() + ": ";
      NetworkCertificate proof = output.own().certificate();
      List<String> own = new ArrayList<>(output.summary().warnings());
      Stream.of(Shortfall.reason(proof, proof.status(), solver), above(output.rungs()))
          .filter(Objects::nonNull)
          .forEach(own::add);
      own.forEach(warning -> warnings.add(name + KeyParams.named(warning)));
    }
    return new ConvexReluSummary(
        Shortfall.worst(outputs.stream().map(OutputFit::status).toList()),
        first.n(),
        first.weight(),
        first.d(),
        lambda,
        lambdaMax,
        lambdaMax > 0 ? lambda / lambdaMax : outputs.get(0).lambdaRatio(),
        outputs.stream().mapToDouble(OutputFit::objective).sum(),
        outputs.stream().mapToDouble(OutputFit::dualObjective).sum(),
        outputs.stream().mapToDouble(OutputFit::relativeGap).max().orElseThrow(),
        outputs.stream().mapToDouble(OutputFit::lowerBound).sum(),
        outputs.stream().mapToDouble(OutputFit::gapToGlobal).max().orElseThrow(),
        outputs.stream().mapToInt(OutputFit::neurons).sum(),
        outputs.stream().mapToDouble(OutputFit::trainMse).average().orElseThrow(),
        outputs.size() == 1 ? outputs.get(0).trainAccuracy() : (Double) accuracy(fitted),
        outputs,
        List.copyOf(warnings));
  }

  /** What rungs that are not optimal leave to say; null where all are. */
  private static String above(List<Rung> rungs) {
    List<Rung> open = rungs.stream().filter(rung -> rung.status() != Status.OPTIMAL).toList();
    return open.isEmpty()
        ? null
        : String.format(
            Locale.ROOT,
            "%d of the %d lambdas above are not optimal, their largest relative gap is %.1e",
            open.size(),
            rungs.size(),
            open.stream().mapToDouble(Rung::relativeGap).max().orElseThrow());
  }

  /** The share of the training rows whose class has the largest score. */
  private static double accuracy(List<FittedOutput> outputs) {
    List<Scores> scores =
        outputs.stream()
            .map(one -> ProgramExporter.scores(one.program().orElseThrow().rows(), one.network()))
            .toList();
    return JointMetrics.of(scores, true).accuracy();
  }

  /** As text, with the names of summary.json. */
  public String json() {
    return Json.pretty(this);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static ConvexReluSummary read(String json) {
    try {
      return Json.reader(ConvexReluSummary.class).readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("summary: " + e.getOriginalMessage(), e);
    }
  }
}
