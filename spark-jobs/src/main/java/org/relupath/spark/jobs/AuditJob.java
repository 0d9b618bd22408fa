package org.relupath.spark.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.core.audit.Audit;
import org.relupath.core.audit.Auditor;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.WeightedRows;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.path.PatternGathering;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.solve.Settings;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.audit.AuditPage;
import org.relupath.spark.audit.AuditReport;
import org.relupath.spark.audit.AuditWeights;
import org.relupath.spark.audit.AuditedNetwork;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.config.NetworkSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.HoldOut;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.earlier.InterpolatedNetwork;
import org.relupath.spark.earlier.NetworkSource;
import org.relupath.spark.earlier.RunFolder;
import org.relupath.spark.engine.ExecutorCells;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.InputPath;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.JsonObject;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Session;
import org.relupath.spark.train.GlobalGap;

/** {@code audit}: how far from optimal a network is, trained here or elsewhere, and why. */
final class AuditJob implements Job {
  @Override
  public ExitStatus run(JobContext context) throws Exception {
    Phases phases = new Phases();
    RunSettings settings = context.settings();
    Configuration hadoop = context.hadoop();
    NetworkSource source = NetworkSource.read(context.command(), settings.network(), hadoop);
    DataSettings data = settings.data();
    Source input = Source.open("--input", data.input(), data.format(), data.text(), hadoop);
    Gates.check(settings.model(), hadoop);
    String run = settings.network().run();
    RunFiles earlier = run == null ? null : RunFiles.open("--run", run, hadoop);
    AuditWeights weights = AuditWeights.of(context, earlier);
    Stored stored = earlier == null ? null : Stored.of(earlier);
    InterpolatedNetwork asked = asked(context, stored);
    try (OutputDirectory output = context.output();
        Session session = Session.open(context)) {
      context.progress().step("reading " + data.input());
      TableReader reader = new TableReader(session.spark());
      Preparation preparation = source.network().preparation();
      List<String> inputs = source.network().inputs();
      Columns columns =
          reader.columnsOf(input, inputs, preparation, data.label(), weights.column());
      WeightedRows read = reader.rows(input, columns);
      RunRows.leftOut(data.input(), read, weights.column()).ifPresent(context.progress()::note);
      // The hash that says whether these are the run's rows is of their own texts.
      WeightedRows own = trainedOn(earlier, read, context);
      Observations rows =
          TableReader.known(
                  input.named(), data.label(), own, preparation.raw(inputs), preparation.classes())
              .rows();
      TrainingData.refuseClasses(weights.classes(), data.label(), rows);
      Network network =
          asked == null ? source.network() : asked.network(session.spark(), source.network());
      AuditedNetwork audited = AuditedNetwork.of(source.named(), network, rows, weights.classes());
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.spark().sparkContext());
      Matrix drawn =
          Gates.vectors(
              settings.model(),
              audited.problem().sides().dense(),
              hadoop,
              search -> ExecutorCells.of(spark, search, done -> {}));
      boolean adapts = settings.model().gateSource().adapts();
      PatternSearch search = adapts ? PatternClimb.search(audited.problem()) : null;
      if (adapts) {
        drawn = gathering(audited.problem(), drawn, settings).first(search);
      }
      LossScaling scaling = scaling(context, stored);
      double lambda = lambda(context, audited, drawn, scaling, stored);
      phases.end("read");
      context.progress().step("auditing at lambda " + lambda / scaling.scale(audited.weight()));
      Matrix gates =
          adapts
              ? gathering(audited.problem(), drawn, settings)
                  .gather(new double[] {lambda}, search, point -> {})
                  .gates()
              : drawn;
      Audit audit =
          new Auditor(audited.problem(), lambda, limits(settings))
              .audit(audited.neurons(), gates, settings.analysis().enumerationLimit());
      phases.end("audit");
      boolean resolved = audit.subsampled().optimalSet().resolved();
      PolishedSolution.warn(context.progress(), List.of(resolved));
      AuditReport report = AuditReport.of(audited, audit, scaling, phases.seconds());
      output.write("audit.json", Json.pretty(report));
      List<String> first = new ArrayList<>(List.of("audit.json", "report.html"));
      if (audit.improvement().isPresent()) {
        Network improved = audited.fold(audit.improvement().orElseThrow().network());
        output.write("improved/network.json", NetworkFile.write(improved));
        first.add("improved/network.json");
      }
      output.write("report.html", new AuditPage(title(settings), report).html());
      List<String> outcome = new ArrayList<>();
      if (asked != null) {
        outcome.add(asked.note());
      }
      outcome.add(outcome(report));
      context.commit(output, Manifest.of(context, rows, data.input()), outcome, first);
      return ExitStatus.DONE;
    }
  }

  /** How adaptive gates are gathered. */
  private static PatternGathering gathering(Problem problem, Matrix initial, RunSettings settings) {
    GateSource.Search search = settings.model().gateSource().search();
    return new PatternGathering(
        problem,
        initial,
        settings.model().gates(),
        search.starts(),
        settings.model().seed(),
        settings.solver().limits().withTolerance(search.tolerance()));
  }

  /** The network that a path has at the lambda asked for; null where another is meant. */
  private static InterpolatedNetwork asked(JobContext context, Stored stored) {
    OptionalDouble lambda = context.settings().lambda().lambda();
    if (lambda.isEmpty() || stored == null) {
      return null;
    }
    RunFolder run = RunFolder.open(context);
    double inRun =
        lambda.getAsDouble()
            * scaling(context, stored).scale(stored.weight())
            / stored.scaling().scale(stored.weight());
    return run.isPath() ? InterpolatedNetwork.find(run, inRun) : null;
  }

  /** What the report calls the network: the name of its file or folder. */
  private static String title(RunSettings settings) {
    NetworkSettings network = settings.network();
    return InputPath.lastName(network.network() == null ? network.run() : network.network());
  }

  /** Optimal networks are told from others at gaps of 1e-10. */
  private static Settings limits(RunSettings settings) {
    Settings limits = settings.solver().limits();
    return limits.withTolerance(Math.min(limits.tolerance(), 1e-10));
  }

  /**
   * What the summary of the earlier run says that the network is of.
   *
   * @param weight of its training rows: their number where each counts once
   * @param lambda in the units of its loss scaling
   * @param scaling how the squared error entered its objective
   */
  private record Stored(double weight, double lambda, LossScaling scaling) {
    static Stored of(RunFiles run) {
      String name = run.has("best/summary.json") ? "best/summary.json" : "summary.json";
      return run.json(name, Stored::of);
    }

    private static Stored of(JsonObject summary) {
      String scaling = summary.text("lossScaling");
      if (!scaling.equals("sum") && !scaling.equals("mean")) {
        throw new IllegalArgumentException(
            "has lossScaling '" + scaling + "', expected sum or mean");
      }
      return new Stored(
          summary.isNull("weight")
              ? summary.whole("n", 1, Integer.MAX_VALUE)
              : summary.number("weight", 0, true),
          summary.number("lambda", 0, true),
          scaling.equals("mean") ? LossScaling.MEAN : LossScaling.SUM);
    }
  }

  /**
   * The rows that the earlier run trained on, where these are its rows and it held some of them
   * out: its network is optimal for those. All rows otherwise.
   */
  private static WeightedRows trainedOn(RunFiles files, WeightedRows rows, JobContext context) {
    if (files == null) {
      return rows;
    }
    String dataHash = files.manifest(manifest -> manifest.text("dataHash"));
    OptionalDouble fraction = files.manifest(manifest -> manifest.fractionOrNull("validFraction"));
    if (!Fingerprint.of(rows.rows()).equals(dataHash) || fraction.isEmpty()) {
      return rows;
    }
    long seed = files.manifest(manifest -> manifest.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    HoldOut split = HoldOut.draw(rows.rows().rows(), fraction.getAsDouble(), seed);
    context
        .progress()
        .note("auditing on the " + split.train().length + " rows that the run trained on");
    return rows.select(split.train());
  }

  /** How the squared error enters the objective: as asked for, and else as in the earlier run. */
  private static LossScaling scaling(JobContext context, Stored stored) {
    boolean asked = stored == null || context.configuration().isExplicit("loss-scaling");
    return asked ? context.settings().model().lossScaling() : stored.scaling();
  }

  /**
   * The lambda asked for, in the solver's units: absolute, as a share of lambda_max over the drawn
   * gates, or that of the earlier run.
   */
  private static double lambda(
      JobContext context,
      AuditedNetwork audited,
      Matrix gates,
      LossScaling scaling,
      Stored stored) {
    LambdaSettings asked = context.settings().lambda();
    Problem problem = audited.problem();
    OptionalDouble absolute = asked.lambda();
    if (absolute.isPresent()) {
      return absolute.getAsDouble() * scaling.scale(audited.weight());
    }
    if (asked.lambdaRatio().isPresent()) {
      Patterns patterns = Patterns.of(problem.sides(), gates);
      double lambdaMax = new Pricer(new ConvexProgram(problem, patterns)).maxNorm(problem.y());
      if (lambdaMax == 0) {
        throw new BadInputException("--lambda-ratio: lambda_max is 0, expected --lambda");
      }
      return asked.lambdaRatio().getAsDouble() * lambdaMax;
    }
    if (stored == null) {
      throw new BadInputException("--lambda is missing, audit needs it, --lambda-ratio or --run");
    }
    // On other rows a mean stays a mean: lambda is what the user gave then.
    double weight = scaling == LossScaling.MEAN ? audited.weight() : stored.weight();
    return stored.lambda() * stored.scaling().scale(weight);
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
