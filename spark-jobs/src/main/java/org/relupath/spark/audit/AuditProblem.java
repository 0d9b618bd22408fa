package org.relupath.spark.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.relupath.core.audit.Audit;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Phases;
import org.relupath.spark.train.GlobalGap;

/**
 * An audit whose rows were read.
 *
 * @param task what is audited
 * @param audit of its network
 * @param scaling how the squared error enters the objective
 */
public record AuditProblem(AuditTask task, NetworkAudit audit, LossScaling scaling) {

  /**
   * What became of it.
   *
   * @param report the figures
   * @param outcome lines for the user
   * @param files the files to look at first
   * @param improved a better network; null where none was found
   */
  public record Ending(
      AuditReport report, List<String> outcome, List<String> files, Network improved) {
    /** The files to look at first. */
    public Ending {
      outcome = List.copyOf(outcome);
      files = List.copyOf(files);
    }
  }

  static AuditProblem of(AuditTask task, AuditedNetwork audited, Matrix drawn) {
    return new AuditProblem(
        task,
        NetworkAudit.of(audited, drawn, task.context().settings()),
        EarlierObjective.scaling(task.context(), task.stored()));
  }

  /** The network and its rows in the coordinates of the solver. */
  public AuditedNetwork audited() {
    return audit.audited();
  }

  /** The smallest lambda over the drawn gates whose network is zero, in the user's units. */
  public double lambdaMax() {
    return audit.lambdaMax() / scaling.scale(audited().weight());
  }

  /**
   * The lambda asked for, in the solver's units: absolute, as a share of lambda_max over the drawn
   * gates, or that of the earlier run.
   */
  private double lambda() {
    LambdaSettings asked = task.context().settings().lambda();
    OptionalDouble absolute = asked.lambda();
    if (absolute.isPresent()) {
      return absolute.getAsDouble() * scaling.scale(audited().weight());
    }
    if (asked.lambdaRatio().isPresent()) {
      return asked.lambdaRatio().getAsDouble() * audit.lambdaMax();
    }
    if (task.stored() == null) {
      throw new BadInputException("--lambda is missing, audit needs it, --lambda-ratio or --run");
    }
    return task.stored().lambda(scaling, audited().weight());
  }

  /**
   * Audits, and writes all files but resolved.conf and the manifest.
   *
   * @param title what the report calls the network
   * @param phases that have ended so far; reading ends here
   */
  public Ending write(ResultFolder output, String title, Phases phases) throws IOException {
    JobContext context = task.context();
    double lambda = lambda();
    phases.end("read");
    context.progress().step("auditing at lambda " + lambda / scaling.scale(audited().weight()));
    Audit found = audit.at(lambda);
    phases.end("audit");
    boolean resolved = found.subsampled().optimalSet().resolved();
    PolishedSolution.warn(context.progress(), List.of(resolved));
    AuditReport report = AuditReport.of(audited(), found, scaling, phases.seconds());
    output.write("audit.json", Json.pretty(report));
    List<String> files = new ArrayList<>(List.of("audit.json", "report.html"));
    Network improved =
        found.improvement().map(better -> audited().fold(better.network())).orElse(null);
    if (improved != null) {
      output.write("improved/network.json", NetworkFile.write(improved));
      files.add("improved/network.json");
    }
    output.write("report.html", new AuditPage(title, report).html());
    List<String> outcome = new ArrayList<>();
    if (task.asked() != null) {
      outcome.add(task.asked().note());
    }
    outcome.add(outcome(report));
    return new Ending(report, outcome, files, improved);
  }

  private static String outcome(AuditReport report) {
    GlobalGap gap =
        new GlobalGap(
            report.gapToGlobal(), report.lowerBoundClass(), report.lowerBoundSource().label());
    String critical =
        switch (report.critical()) {
          case CRITICAL -> "critical";
          case NOT_CRITICAL ->
              report.criticalAfterBalancing() == Criticality.CRITICAL
                  ? "not critical, but once balanced"
                  : "not critical";
          case UNCERTAIN -> "uncertain whether critical";
        };
    return String.format(
        Locale.ROOT,
        "%s: objective %.10g, lower bound %.10g; %s",
        critical,
        report.objective(),
        report.lowerBound(),
        gap.clause());
  }
}
