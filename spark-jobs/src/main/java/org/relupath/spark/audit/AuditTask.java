package org.relupath.spark.audit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.WeightedRows;
import org.relupath.core.network.Network;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.TextOptions;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.HoldOut;
import org.relupath.spark.data.OneAgainstRest;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.earlier.InterpolatedNetwork;
import org.relupath.spark.earlier.RunFolder;
import org.relupath.spark.engine.ExecutorCells;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Session;

/**
 * A network of one output and what it is audited on, checked as far as it can be without reading
 * rows.
 *
 * @param context of the command; a run's label, and its positive one, where it has not its own
 * @param named how messages call the network
 * @param network to audit, but for another lambda of a path
 * @param input the rows
 * @param earlier the run that the network is of, or null
 * @param classes the labels that the run knew beside its positive one, which is meant; else empty
 * @param weights what rows count for
 * @param stored the objective of that run, or null
 * @param asked the network that a path has at the lambda asked for; null where another is meant
 */
public record AuditTask(
    JobContext context,
    String named,
    Network network,
    Source input,
    RunFiles earlier,
    List<?> classes,
    AuditWeights weights,
    EarlierObjective stored,
    InterpolatedNetwork asked) {

  /** Looks at the files that the settings name. */
  public static AuditTask open(JobContext given, String named, Network network) {
    String run = given.settings().network().run();
    RunFiles earlier = run == null ? null : RunFiles.open("--run", run, given.hadoop());
    JobContext context = earlier == null ? given : given.over(labels(earlier));
    DataSettings data = context.settings().data();
    data.label();
    boolean asked = context.configuration().isExplicit("standardize");
    if (network.preprocessing() != null
        && asked
        && !context.configuration().isFromFile("standardize")) {
      throw new BadInputException(
          "--standardize: " + named + " says how its columns were standardised, expected none");
    }
    Source input =
        Source.open("--input", data.input(), data.format(), data.text(), context.hadoop());
    TextOptions.refuseUnused(context.configuration(), input);
    Gates.check(context.settings().model(), context.hadoop());
    AuditWeights weights = AuditWeights.of(context, earlier);
    EarlierObjective stored = earlier == null ? null : EarlierObjective.of(earlier);
    return new AuditTask(
        context,
        named,
        network,
        input,
        earlier,
        classes(given, earlier),
        weights,
        stored,
        asked(context, stored));
  }

  /** This audit, of the same network, with other values for keys of lambda. */
  public AuditTask with(Map<String, Object> lambda) {
    return new AuditTask(
        context.with(lambda), named, network, input, earlier, classes, weights, stored, asked);
  }

  /** What the run says of its label. */
  private static Config labels(RunFiles run) {
    Config settings = RunFolder.settings(run);
    Config labels = ConfigFactory.empty();
    for (String key : List.of("label", "positive")) {
      if (settings.root().containsKey(key)) {
        labels = labels.withValue(key, settings.root().get(key));
      }
    }
    return labels;
  }

  private static List<?> classes(JobContext given, RunFiles earlier) {
    ResolvedConfig own = given.configuration();
    return earlier == null || own.isExplicit("label") || own.isExplicit("positive")
        ? List.of()
        : earlier.manifest(manifest -> manifest.labels(Manifest.CLASSES));
  }

  private static InterpolatedNetwork asked(JobContext context, EarlierObjective stored) {
    OptionalDouble lambda = context.settings().lambda().lambda();
    if (lambda.isEmpty() || stored == null) {
      return null;
    }
    RunFolder run = RunFolder.open(context);
    double inRun =
        lambda.getAsDouble()
            * EarlierObjective.scaling(context, stored).scale(stored.weight())
            / stored.scaling().scale(stored.weight());
    return run.isPath() ? InterpolatedNetwork.find(run, inRun) : null;
  }

  /**
   * Reads the rows and draws the gates.
   *
   * @param joint all labels that rows may have, of which one is the positive one; empty for those
   *     that the run of this output had, if it says
   */
  public AuditProblem read(Session session, List<?> joint) {
    List<?> classes = joint.isEmpty() ? this.classes : joint;
    DataSettings data = context.settings().data();
    context.progress().step("reading " + data.input());
    TableReader reader = new TableReader(session.spark());
    Preparation preparation = network.preparation();
    List<String> inputs = network.inputs();
    Columns columns =
        reader.columnsOf(
            input,
            inputs,
            preparation,
            data.label(),
            OneAgainstRest.labelType(classes)
                .orElseGet(() -> TrainingData.labelType(preparation, data)),
            weights.column());
    WeightedRows labelled =
        OneAgainstRest.known(reader.rows(input, columns), classes, data.input(), data.label());
    WeightedRows read =
        data.positive() == null
            ? labelled
            : OneAgainstRest.of(labelled, data.positive(), data.label());
    RunRows.leftOut(data.input(), read, weights.column()).ifPresent(context.progress()::note);
    // The hash that says whether these are the run's rows is of their own texts.
    WeightedRows own = trainedOn(read);
    Observations rows =
        TableReader.known(
                input.named(), data.label(), own, preparation.raw(inputs), preparation.classes())
            .rows();
    TrainingData.refuseClasses(weights.classes(), data.label(), rows);
    Network meant =
        asked == null
            ? AuditedNetwork.standardised(
                named, network, rows, weights.classes(), context.settings().model().preprocessing())
            : asked.network(session.spark(), network);
    AuditedNetwork audited = AuditedNetwork.of(named, meant, rows, weights.classes());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.spark().sparkContext());
    Matrix drawn =
        Gates.vectors(
            context.settings().model(),
            audited.problem().sides(),
            context.hadoop(),
            search -> ExecutorCells.of(spark, search, done -> {}));
    return AuditProblem.of(this, audited, drawn);
  }

  /**
   * The rows that the earlier run trained on, where these are its rows and it held some of them
   * out: its network is optimal for those. All rows otherwise.
   */
  private WeightedRows trainedOn(WeightedRows rows) {
    if (earlier == null) {
      return rows;
    }
    String dataHash = earlier.manifest(manifest -> manifest.text("dataHash"));
    OptionalDouble fraction =
        earlier.manifest(manifest -> manifest.fractionOrNull("validFraction"));
    if (fraction.isEmpty() || !Fingerprint.fits(dataHash, rows.rows())) {
      return rows;
    }
    long seed =
        earlier.manifest(manifest -> manifest.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    HoldOut split = HoldOut.draw(rows.rows().rows(), fraction.getAsDouble(), seed);
    context
        .progress()
        .note("auditing on the " + split.train().length + " rows that the run trained on");
    return rows.select(split.train());
  }
}
