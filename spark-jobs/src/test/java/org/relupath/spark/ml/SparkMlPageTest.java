package org.relupath.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.relupath.spark.config.Reference;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.ml.param.KeyParams;

/** The page says what the estimators have, and its example is code that runs. */
class SparkMlPageTest {
  private static String page() throws IOException {
    return Files.readString(Path.of("..", "spark-jobs/docs/spark-ml.md"));
  }

  /** The words of code, however its lines are broken. */
  private static String code(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void theExampleIsOnThePage() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/relupath/spark/ml/SparkMlExample.java"));
    String body = source.substring(source.indexOf("run(Dataset<Row> rows) {") + 24);
    String own = body.substring(0, body.lastIndexOf("  }\n}"));
    assertThat(code(page())).contains(code("```java" + own + "```"));
  }

  @Test
  void theExampleRuns() {
    Dataset<Row> rows =
        MlRows.frame(MlRows.numbers(30, 2, 3))
            .withColumn(
                "x",
                functions.vector_to_array(
                    org.apache.spark.sql.functions.col("features"), "float64"))
            .selectExpr("x[0] as x0", "x[1] as x1", "label as y");
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      SparkMlExample.run(rows);
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("lambda ")
        .contains("relupath-network", "\"unique\"");
  }

  /** One table, in the order of the keys, with the defaults of reference.conf and of the preset. */
  @Test
  void theTableHasEveryParam() throws IOException {
    ConvexReluClassifier stage = new ConvexReluClassifier();
    String table =
        KeyParams.KEYS.stream()
            .map(key -> "| `%s` | `%s` | %s |\n".formatted(KeyParams.name(key), key, shown(key)))
            .collect(Collectors.joining());
    assertThat(page()).contains(table);
    for (String key : KeyParams.KEYS) {
      assertThat(stage.hasParam(KeyParams.name(key))).as(key).isTrue();
      assertThat(stage.explainParam(stage.getParam(KeyParams.name(key))))
          .contains(Reference.load().text(key));
    }
    assertThat(stage.explainParams()).contains("regParam: Regularization, absolute");
    assertThat(stage.getLambdas()).isEqualTo(10);
    assertThat(new ConvexReluRegressor().getLambdas()).isEqualTo(10);
    assertThat(ResolvedConfig.defaults().text("lambdas")).isEqualTo("100");
  }

  private static String shown(String key) {
    Config preset = Reference.resource("estimator-defaults.conf");
    String text = ResolvedConfig.of(Reference.load(), Map.of(), List.of(), null, preset).text(key);
    return text == null ? "" : "`" + text + "`";
  }

  /** Spark Connect finds stages as services. */
  @Test
  void stagesAreServices() {
    assertThat(ServiceLoader.load(Estimator.class).stream().map(ServiceLoader.Provider::type))
        .contains(ConvexReluRegressor.class, ConvexReluClassifier.class);
    assertThat(ServiceLoader.load(Transformer.class).stream().map(ServiceLoader.Provider::type))
        .contains(ConvexReluRegressionModel.class, ConvexReluClassificationModel.class);
    assertThat(new ConvexReluClassificationModel().uid()).startsWith("convexRelu");
    assertThat(new ConvexReluRegressionModel().uid()).startsWith("convexRelu");
  }
}
