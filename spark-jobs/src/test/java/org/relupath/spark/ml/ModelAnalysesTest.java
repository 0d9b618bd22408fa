package org.relupath.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.io.Json;

/** All optimal networks of a model, its pruning, and audits of networks. */
class ModelAnalysesTest {
  private static final List<Row> ROWS = MlRows.numbers(30, 2, 9);
  private static ConvexReluRegressionModel model;

  private static Dataset<Row> frame() {
    return MlRows.frame(ROWS);
  }

  @BeforeAll
  static void fit() {
    model = new ConvexReluRegressor().setGates(40).setLambdas(3).setLambdaRatio(0.05).fit(frame());
  }

  private static double objective(StoredNetwork network, double lambda) {
    JsonNode audit =
        Json.parse(Audits.audit(NetworkFile.write(network), frame(), Map.of("regParam", lambda)));
    return audit.get("objective").asDouble();
  }

  /** Every chosen network has the objective of the model, and predicts what it does. */
  @Test
  void optimalNetworksAreAsGoodAsTheModel() {
    OptimalSets sets = model.optimalSet();
    ConvexReluSummary summary = model.summary();
    assertThat(sets.candidates()).contains("smallest", "min_norm");
    double objective = summary.objective();
    for (String candidate : sets.candidates()) {
      StoredNetwork network = sets.network(candidate);
      assertThat(objective(network, summary.lambda()))
          .isCloseTo(objective, within(2e-8 * objective));
      for (Row row : ROWS) {
        double[] x = row.<Vector>getAs(0).toArray();
        assertThat(network.scores(new Matrix(1, 2, x)).get(0, 0))
            .isCloseTo(model.predict(row.getAs(0)), within(Math.sqrt(240 * 1e-8 * objective)));
      }
    }
    JsonNode json = Json.parse(model.optimalSetJson());
    assertThat(json.get("lambda").asDouble()).isCloseTo(summary.lambda(), within(1e-15));
    assertThat(json.get("candidates").get("smallest").get("neurons").asInt())
        .isEqualTo(json.get("smallestWidth").asInt());
    assertThatThrownBy(() -> sets.networkJson("largest"))
        .hasMessageStartingWith("candidate: 'largest', expected one of smallest, ");
  }

  @Test
  void pruningEndsAtAMinimalOptimalNetwork() {
    Prunings pruned = model.prune();
    double objective = model.summary().objective();
    assertThat(objective(pruned.network(), model.summary().lambda()))
        .isCloseTo(objective, within(2e-8 * objective));
    assertThat(pruned.network().width()).isLessThanOrEqualTo(model.network().width());
    JsonNode json = Json.parse(model.pruneJson());
    assertThat(json.get("minimalWidth").asInt()).isEqualTo(pruned.network().width());
    assertThat(json.get("rows").get(0).get("method").asText()).isEqualTo("exact");
    assertThat(NetworkFile.readStored(pruned.networkJson()).width())
        .isEqualTo(pruned.network().width());
  }

  private static List<Row> texts(String asked, Dataset<Row> rows) {
    ConvexReluRegressionModel copy = model.copy(new ParamMap());
    copy.set(copy.describe(), asked);
    return copy.transform(rows).collectAsList();
  }

  /** A client of a server gets by transform what the methods give. */
  @Test
  void transformGivesTheTextsThatItIsAskedFor() {
    double lambda = model.summary().lambda();
    assertThat(texts("summary", frame())).containsExactly(row(lambda, model.summaryJson()));
    Dataset<Row> none = frame().select("label").limit(0);
    assertThat(texts("optimalSet", none)).containsExactly(row(lambda, model.optimalSetJson()));
    assertThat(texts("prune", frame())).containsExactly(row(lambda, model.pruneJson()));
    double[] lambdas = model.pathLambdas();
    assertThat(texts("networks", none))
        .hasSize(lambdas.length)
        .startsWith(row(lambdas[0], model.networkJson(0)))
        .endsWith(row(lambda, model.networkJson()));
    assertThatThrownBy(() -> texts("neurons", none))
        .hasMessage("describe: 'neurons', expected summary, networks, optimalSet or prune");
    assertThat(model.transform(frame()).columns()).contains("prediction");
  }

  private static Row row(double lambda, String text) {
    return RowFactory.create(lambda, text);
  }

  @Test
  void aLoadedModelTakesTheRowsOfItsFit(@TempDir Path folder) throws Exception {
    model.save(folder.resolve("model").toString());
    ConvexReluRegressionModel back =
        ConvexReluRegressionModel.load(folder.resolve("model").toString());
    assertThat(back.optimalSetJson(frame())).isEqualTo(model.optimalSetJson());
    assertThat(back.prune(frame()).networkJson()).isEqualTo(model.prune().networkJson());
    assertThatThrownBy(back::optimalSet)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a model that was loaded has no program, expected the rows that it was fitted to");
    assertThatThrownBy(() -> back.optimalSet(MlRows.frame(MlRows.numbers(30, 2, 10))))
        .hasMessage(
            "rows: their fit is another network, expected the rows and Params of this model");
  }

  @Test
  void classesAreOutputs() {
    List<Row> rows = MlRows.classes(40, 2, 3, 9);
    ConvexReluClassificationModel classes =
        new ConvexReluClassifier()
            .setGates(30)
            .setLambdas(3)
            .setLambdaRatio(0.1)
            .fit(MlRows.frame(rows));
    JsonNode sets = Json.parse(classes.optimalSetJson());
    assertThat(sets.get("outputs")).hasSize(3);
    assertThat(Json.parse(classes.pruneJson()).get("outputs")).hasSize(3);
    JsonNode audit =
        Json.parse(
            Audits.audit(
                classes.networkJson(),
                MlRows.frame(rows),
                Map.of("regParam", classes.summary().lambda(), "gates", 30)));
    for (int k = 0; k < 3; k++) {
      OutputFit output = classes.summary().outputs().get(k);
      JsonNode own = audit.get("outputs").get(k);
      assertThat(own.get("name").asText()).isEqualTo(output.name());
      assertThat(own.get("objective").asDouble())
          .isCloseTo(output.objective(), within(1e-9 * output.objective()));
      assertThat(own.get("lambda").asDouble()).isCloseTo(output.lambda(), within(1e-15));
    }
  }

  @Test
  void anAuditKnowsTheClassesOfItsNetwork() {
    List<Row> rows = MlRows.classes(40, 2, 3, 9);
    ConvexReluClassifier estimator =
        new ConvexReluClassifier().setGates(30).setLambdas(3).setLambdaRatio(0.1);
    String three = estimator.fit(MlRows.frame(rows)).networkJson();
    Map<String, Object> asked = Map.of("regParam", 0.01, "gates", 30);
    Dataset<Row> frame = MlRows.frame(rows);
    assertThat(
            Audits.audit(
                three,
                frame.withColumn("label", functions.expr("if(label = 0, -0.0D, label)")),
                asked))
        .isEqualTo(Audits.audit(three, frame, asked));
    Dataset<Row> shifted = frame.withColumn("label", functions.expr("label + 1"));
    assertThatThrownBy(() -> Audits.audit(three, shifted, asked))
        .hasMessage("labelCol: column 'label' has a 3.0, expected one of [0.0, 1.0, 2.0]");
    Dataset<Row> pair = MlRows.frame(MlRows.classes(40, 2, 2, 9));
    String two = estimator.fit(pair).networkJson();
    assertThatThrownBy(
            () -> Audits.audit(two, pair.withColumn("label", functions.expr("label + 2")), asked))
        .hasMessageMatching("labelCol: column 'label' has a [23].0, expected 0.0 or 1.0");
    StoredNetwork own = NetworkFile.readStored(model.networkJson());
    String columns =
        NetworkFile.write(
            new MultiOutputNetwork(
                List.of("a", "b"), List.of((Network) own, (Network) own), List.of()));
    assertThatThrownBy(() -> Audits.audit(columns, frame, asked))
        .hasMessage("networkJson: its outputs are label columns, expected one output, or classes");
  }

  /** The penalty is on weights of the columns that training standardised. */
  @Test
  void anAuditTakesWeightsOfStandardisedColumns() {
    ObjectNode own = (ObjectNode) Json.parse(model.networkJson());
    JsonNode preprocessing = own.remove("preprocessing");
    for (int j = 0; j < own.get("hidden").size(); j++) {
      ArrayNode w = (ArrayNode) own.get("hidden").get(j);
      double bias = own.get("bias").get(j).asDouble();
      for (int i = 0; i < w.size(); i++) {
        bias += w.get(i).asDouble() * preprocessing.get("mean").get(i).asDouble();
        w.set(i, w.get(i).asDouble() * preprocessing.get("scale").get(i).asDouble());
      }
      ((ArrayNode) own.get("bias")).set(j, bias);
    }
    double lambda = model.summary().lambda();
    JsonNode audit =
        Json.parse(
            Audits.audit(
                own.toString(), frame(), Map.of("regParam", lambda, "standardize", "true")));
    double objective = model.summary().objective();
    assertThat(audit.get("objective").asDouble()).isCloseTo(objective, within(1e-9 * objective));
    assertThatThrownBy(
            () -> Audits.audit(model.networkJson(), frame(), Map.of("standardize", "true")))
        .hasMessage(
            "standardize: the network says how its columns were standardised, expected none");
  }

  @Test
  void anAuditIsAskedForInParams() {
    String network = model.networkJson();
    assertThatThrownBy(() -> Audits.audit(network, frame(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("regParam: is missing, expected a number, or lambdaRatio");
    assertThatThrownBy(() -> Audits.audit(network, frame(), Map.of("lambda", 1.0)))
        .hasMessageStartingWith("settings: has 'lambda', expected some of regParam, lambdaRatio, ");
    for (String unused : List.of("lambdas", "segments", "thresholds", "probabilityCol", "model")) {
      assertThatThrownBy(() -> Audits.audit(network, frame(), Map.of(unused, 1)))
          .hasMessageStartingWith("settings: has '" + unused + "', expected some of ");
    }
    JsonNode audit =
        Json.parse(
            Audits.audit(
                network,
                frame().withColumnRenamed("label", "y"),
                Map.of("lambdaRatio", 0.05, "labelCol", "y", "gates", 40)));
    assertThat(audit.get("critical").asBoolean()).isTrue();
    assertThat(audit.get("lambda").asDouble()).isCloseTo(model.summary().lambda(), within(1e-12));
    ConvexReluClassifier stage = new ConvexReluClassifier().setLambdaRatio(0.05).setGates(40);
    assertThat(Json.parse(Audits.audit(network, frame(), stage)).get("objective"))
        .isEqualTo(audit.get("objective"));
    assertThat(audit.get("gapToGlobal").asDouble())
        .isLessThanOrEqualTo(model.summary().gapToGlobal() + 1e-6);
  }
}
