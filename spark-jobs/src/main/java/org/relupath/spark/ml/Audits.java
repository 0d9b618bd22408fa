package org.relupath.spark.ml;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.audit.Audit;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.audit.AuditReport;
import org.relupath.spark.audit.AuditedNetwork;
import org.relupath.spark.audit.NetworkAudit;
import org.relupath.spark.config.Keys;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Gates;
import org.relupath.spark.engine.ExecutorCells;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Json;
import org.relupath.spark.ml.param.KeyParams;

/** Audits of networks of any origin on the rows of a data frame; done by the driver. */
public final class Audits {
  /** Params of an audit: the settings of the command, and the columns. */
  private static final List<String> PARAMS =
      Keys.of(
              "lambda lambda-ratio standardize gates gate-source search-starts search-tolerance seed"
                  + " enumeration-limit tolerance max-iterations time-limit class-weights label"
                  + " features weights")
          .stream()
          .map(KeyParams::name)
          .toList();

  private Audits() {}

  /**
   * Audits a network: whether it is a critical point, and how far from the global optimum it can
   * be.
   *
   * @param networkJson as network.json has it; of several outputs, which are classes, each in turn
   * @param rows with a column of vectors of its inputs, in their order, and one of labels
   * @param settings values of Params by their names: {@code regParam} or {@code lambdaRatio},
   *     {@code gates}, {@code gateSource} and so on, {@code labelCol}, {@code featuresCol}, {@code
   *     weightCol}; {@code standardize} says that the network was trained on columns that were
   *     standardised by these rows, as by none unless it is given
   * @return text with the names of audit.json; of several outputs a list {@code outputs}
   * @throws IllegalArgumentException naming the Param, its value and what was expected
   */
  public static String audit(String networkJson, Dataset<?> rows, Map<String, ?> settings) {
    ConvexReluClassifier stage = new ConvexReluClassifier();
    settings.forEach(
        (name, value) -> {
          known(name);
          stage.set(stage.getParam(name), value);
        });
    return audit(networkJson, rows, stage);
  }

  /**
   * As {@link #audit(String, Dataset, Map)}.
   *
   * @param stage whose Params that are set are the settings
   */
  public static String audit(String networkJson, Dataset<?> rows, ConvexReluClassifier stage) {
    Arrays.stream(stage.params()).filter(stage::isSet).map(Param::name).forEach(Audits::known);
    StoredNetwork network = NetworkFile.readStored(networkJson);
    if (network instanceof MultiOutputNetwork several && several.classes().isEmpty()) {
      throw new IllegalArgumentException(
          "networkJson: its outputs are label columns, expected one output, or classes");
    }
    if (network instanceof MultiOutputNetwork several
        && !several.classes().stream().allMatch(Double.class::isInstance)) {
      throw new IllegalArgumentException(
          "networkJson: its classes are texts, expected numbers, as labels of data frames are");
    }
    boolean classes = network instanceof MultiOutputNetwork;
    FitSettings values =
        classes ? FitSettings.ofClasses(stage, false) : FitSettings.ofNumbers(stage);
    RunSettings checked = values.checked();
    Dataset<Row> frame = rows.toDF();
    return KeyParams.in(
        () -> {
          Observations read = Evaluation.read(network, frame, checked, false);
          if (network instanceof Network one) {
            Evaluation.known(one, read, stage.getLabelCol());
          }
          List<NetworkAudit> audits = new ArrayList<>();
          List<Network> networks =
              network instanceof MultiOutputNetwork several
                  ? several.networks()
                  : List.of((Network) network);
          for (int k = 0; k < networks.size(); k++) {
            Observations own =
                network instanceof MultiOutputNetwork several
                    ? against(several, k, read, stage.getLabelCol())
                    : read;
            Network meant =
                stage.isSet(stage.standardize())
                    ? standardised(networks.get(k), own, checked)
                    : networks.get(k);
            audits.add(open(rows.sparkSession(), meant, own, checked));
          }
          return json(network, audits, checked);
        });
  }

  private static void known(String name) {
    if (!PARAMS.contains(name)) {
      throw new IllegalArgumentException(
          "settings: has '" + name + "', expected some of " + String.join(", ", PARAMS));
    }
  }

  private static Network standardised(Network network, Observations rows, RunSettings settings) {
    if (network.preprocessing() != null) {
      throw new BadInputException(
          "--standardize: the network says how its columns were standardised, expected none");
    }
    return AuditedNetwork.standardised(
        "network",
        network,
        rows,
        settings.model().classWeights(),
        settings.model().preprocessing());
  }

  /** Rows whose targets are +1 in class k and -1 elsewhere. */
  private static Observations against(
      MultiOutputNetwork network, int k, Observations rows, String label) {
    return rows.withTargets(
        Arrays.stream(rows.targets())
            .map(one -> Evaluation.classOf(network, one, label) == k ? 1 : -1)
            .toArray());
  }

  private static NetworkAudit open(
      SparkSession session, Network network, Observations rows, RunSettings settings) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    AuditedNetwork audited =
        AuditedNetwork.of("network", network, rows, settings.model().classWeights());
    Matrix drawn =
        Gates.vectors(
            settings.model(),
            audited.problem().sides(),
            spark.hadoopConfiguration(),
            search -> ExecutorCells.of(spark, search, done -> {}));
    return NetworkAudit.of(audited, drawn, settings);
  }

  /** One of several outputs. */
  private record Output(String name, @JsonUnwrapped AuditReport report) {}

  private static String json(
      StoredNetwork network, List<NetworkAudit> audits, RunSettings settings) {
    double lambda = lambda(audits, settings.lambda());
    List<AuditReport> reports = new ArrayList<>();
    for (NetworkAudit audit : audits) {
      Audit found = audit.at(lambda * audit.audited().weight());
      reports.add(
          AuditReport.of(
              audit.audited(), found, settings.model().lossScaling(), new LinkedHashMap<>()));
    }
    if (!(network instanceof MultiOutputNetwork several)) {
      return Json.pretty(reports.get(0));
    }
    List<Output> outputs = new ArrayList<>();
    for (int k = 0; k < reports.size(); k++) {
      outputs.add(new Output(several.names().get(k), reports.get(k)));
    }
    return Json.pretty(Map.of("outputs", outputs));
  }

  /** Absolute, or a share of the largest lambda_max of the outputs. */
  private static double lambda(List<NetworkAudit> audits, LambdaSettings asked) {
    if (asked.lambda().isPresent()) {
      return asked.lambda().getAsDouble();
    }
    double ratio =
        asked
            .lambdaRatio()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--lambda: is missing, expected a number, or --lambda-ratio"));
    return ratio
        * audits.stream()
            .mapToDouble(one -> one.lambdaMax() / one.audited().weight())
            .max()
            .orElseThrow();
  }
}
