package org.relupath.spark.optimal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Preparation;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.analysis.SensitivityTable;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.result.CoefficientTable;
import org.relupath.spark.run.Phases;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;

/**
 * The files of {@code optimal-set}. The folder's own are about one lambda, that of the fit or the
 * one that the path chose; where all lambdas of a path were looked at, {@code lambdas.csv} has a
 * row and {@code lambdas/K/} the same files for each of them.
 */
public final class OptimalSetFiles {
  private final Continuation earlier;
  private final Program program;
  private final ProgramExporter exporter;
  private final ResultFolder output;
  private final List<OptimalSetResult> results;

  /** The files of what was found at each lambda, largest lambda first. */
  public OptimalSetFiles(Continuation earlier, List<OptimalSetResult> results) {
    this.earlier = earlier;
    this.program = earlier.program();
    this.exporter = new ProgramExporter(program, earlier.data());
    this.output = earlier.workspace().output();
    this.results = results;
  }

  /** The files that a user will look at first. */
  public List<String> first() {
    return results.size() == 1
        ? List.of("optimal-set.json", "report.html")
        : List.of("optimal-set.json", "lambdas.csv", "report.html");
  }

  /** Writes them: those of the lambda that the run chose at the top, others in folders. */
  public void write(Phases phases) throws IOException {
    List<OptimalNetworks> chosen =
        results.stream().map(found -> OptimalNetworks.of(found, exporter)).toList();
    if (results.size() > 1) {
      List<Line> lines = results.stream().map(Line::of).toList();
      output.write("lambdas.csv", new RecordTable<>(Line.class, lines).csv());
      for (OptimalNetworks one : chosen) {
        write("lambdas/" + one.found().polished().lambdaIndex() + "/", one, null);
      }
      new CoefficientTable(
              results.stream().map(found -> found.candidates().get("min_norm")).toList())
          .write(earlier.workspace().spark(), output, "min-norm.parquet");
    }
    OptimalNetworks main = chosen.get(earlier.main());
    write("", main, phases);
    OptimalSetPage page =
        new OptimalSetPage(
            earlier.workspace().title(),
            OptimalSetPage.figures(program.convex(), main.found().polished()),
            program.model().model(),
            features(),
            chosen.stream().map(OptimalSetPart::of).toList(),
            earlier.main());
    output.write("report.html", page.html());
  }

  /** The names of the columns of X. */
  private List<String> features() {
    Preparation preparation = program.preprocessing().preparation();
    List<String> names = new ArrayList<>(preparation.names(earlier.data().inputs()));
    if (program.preprocessing().intercept()) {
      names.add("constant");
    }
    return names;
  }

  private void write(String prefix, OptimalNetworks chosen, Phases phases) throws IOException {
    OptimalSetResult found = chosen.found();
    for (Map.Entry<String, Network> candidate : chosen.networks().entrySet()) {
      output.write(
          prefix + "candidates/" + candidate.getKey() + "/network.json",
          NetworkFile.write(candidate.getValue()));
    }
    if (phases != null) {
      new MemberTable(found).write(earlier.workspace().spark(), output, prefix);
      SensitivityTable.of(found.polished().lambdaIndex(), found.sensitivity())
          .write(earlier.workspace().spark(), output);
      if (found.picture() != null) {
        output.write(prefix + "polytope.csv", found.picture().csv());
      }
    }
    Summary summary = new Summary(chosen, phases == null ? null : phases.seconds());
    output.write(prefix + "optimal-set.json", Json.pretty(summary));
  }

  /** optimal-set.json; a time only in that of the run. */
  private record Summary(
      @JsonUnwrapped OptimalNetworks found,
      @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Double> seconds) {}

  /** A line of lambdas.csv. */
  private record Line(
      int index,
      double lambda,
      double lambdaRatio,
      double relativeGap,
      Integer optimalSetDimension,
      Integer mergedDimension,
      Integer functionDimension,
      String unique,
      int equicorrelated,
      int undecided,
      Integer supportMax,
      int smallestWidth,
      boolean provenSmallest,
      int minNormNeurons,
      double seconds,
      Status status) {
    static Line of(OptimalSetResult found) {
      PolishedSolution at = found.polished();
      OptimalSetSummary figures = found.figures();
      return new Line(
          at.lambdaIndex(),
          at.lambda(),
          at.lambdaRatio(),
          at.relativeGap(),
          figures.dimension(),
          figures.mergedDimension(),
          figures.functionDimension(),
          figures.unique().label(),
          figures.equicorrelated(),
          figures.undecided(),
          figures.supportMax(),
          found.smallestWidth(),
          found.least().provenSmallest(),
          found.candidates().get("min_norm").size(),
          found.seconds(),
          at.status());
    }
  }
}
