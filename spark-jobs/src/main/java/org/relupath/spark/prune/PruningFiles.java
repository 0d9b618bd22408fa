package org.relupath.spark.prune;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.util.List;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.SmallestWidth;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.optimal.OptimalSetPage;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.NetworkSummary;
import org.relupath.spark.result.page.FitPage;
import org.relupath.spark.result.page.RunFigures;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;

/**
 * The files of {@code prune}: those of one lambda, that of the fit or the one that the path chose,
 * at the top; where all lambdas of a path were pruned, {@code lambdas.csv} has a row and {@code
 * lambdas/K/} pruning.csv and minimal/ for each of them.
 */
public final class PruningFiles {
  private final Continuation earlier;
  private final Workspace workspace;
  private final ResultFolder output;
  private final List<PruningResult> results;

  /** The files of what was found at each lambda, largest lambda first. */
  public PruningFiles(Continuation earlier, List<PruningResult> results) {
    this.earlier = earlier;
    this.workspace = earlier.workspace();
    this.output = workspace.output();
    this.results = results;
  }

  /** Writes them, and returns the minimal network that is at the top. */
  public Network write(Phases phases) throws IOException {
    if (results.size() > 1) {
      List<Line> lines = results.stream().map(Line::of).toList();
      output.write("lambdas.csv", new RecordTable<>(Line.class, lines).csv());
      for (PruningResult found : results) {
        write("lambdas/" + found.polished().lambdaIndex() + "/", found);
      }
    }
    PruningResult main = results.get(earlier.main());
    Network minimal = write("", main);
    output.write("summary.json", Json.pretty(PruningSummary.of(main, phases.seconds())));
    PruningPage page =
        new PruningPage(
            workspace.title(),
            OptimalSetPage.figures(earlier.program().convex(), main.polished()),
            earlier.settings().model().model(),
            results,
            earlier.main());
    output.write("report.html", page.html());
    return minimal;
  }

  private Network write(String prefix, PruningResult found) throws IOException {
    output.write(prefix + "pruning.csv", new RecordTable<>(PruningRow.class, found.rows()).csv());
    Program program = earlier.program();
    RunSettings settings = earlier.settings();
    ProgramExporter exporter = new ProgramExporter(program, earlier.data());
    double lambda = found.minimal().certificate().lambda();
    TrainedNetwork network =
        TrainedNetwork.of(
            exporter, new LowerBounds(program), new PathPoint(0, lambda, found.minimal(), true));
    FitFiles files = FitFiles.of(exporter, network, null);
    double tolerance = settings.solver().tolerance();
    NetworkSummary summary =
        NetworkSummary.of(
            program.summary(),
            settings,
            network,
            tolerance,
            network.certificate().status(),
            null,
            program.summary().warnings(),
            files.measured());
    List<KeyFigure> figures = RunFigures.of(workspace.title(), summary, null, null, null);
    files.write(
        workspace,
        prefix + "minimal/",
        FitPage.of(workspace.title(), figures, tolerance, List.of(), files).html(),
        Minimal.of(summary, found));
    workspace.writeProvenance(prefix + "minimal/", "lambda", network.certificate().lambda());
    return network.network();
  }

  /** A line of lambdas.csv. */
  private record Line(
      int index,
      double lambda,
      double lambdaRatio,
      int activeBlocks,
      int neurons,
      Integer rank,
      Integer smallestWidthBound,
      boolean provenSmallest,
      double objective,
      double relativeGap,
      double seconds,
      Status status) {
    static Line of(PruningResult found) {
      return new Line(
          found.polished().lambdaIndex(),
          found.polished().lambda(),
          found.polished().lambdaRatio(),
          found.polished().activeBlocks(),
          found.minimalWidth(),
          found.rank(),
          found.least().smallestWidthBound(),
          found.least().provenSmallest(),
          found.minimalObjective(),
          found.minimal().certificate().relativeGap(),
          found.seconds(),
          found.polished().status());
    }
  }

  /** minimal/summary.json. */
  private record Minimal(
      @JsonUnwrapped NetworkSummary network,
      int lambdaIndex,
      int prunedFrom,
      Integer rank,
      @JsonUnwrapped SmallestWidth least,
      boolean independentFits,
      double fitChange) {
    static Minimal of(NetworkSummary network, PruningResult found) {
      return new Minimal(
          network,
          found.polished().lambdaIndex(),
          found.polished().activeBlocks(),
          found.rank(),
          found.least(),
          found.independent(),
          found.fitChange());
    }
  }
}
