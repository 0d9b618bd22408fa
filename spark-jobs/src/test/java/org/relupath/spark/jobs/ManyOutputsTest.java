package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every output of a run of several is, file by file, the run of it alone. */
class ManyOutputsTest extends OutputsCase {
  private static final String[] TEXTS = {"ox", "cow", "hen"};
  private static final String[] NUMBERS = {"2", "0", "-1", "7"};

  private String[] common(String model, String source, boolean texts) throws IOException {
    classes("rows.csv", 48, 3, texts ? TEXTS : NUMBERS);
    return new String[] {
      "--input",
      at("rows.csv"),
      "--task",
      "classification",
      "--model",
      model,
      "--gate-source",
      source,
      "--gates",
      "12"
    };
  }

  /** The value of positive for an output: its name. */
  private List<JsonNode> outputs(String run) throws IOException {
    List<JsonNode> outputs = new ArrayList<>();
    json(run + "/summary.json").get("outputs").forEach(outputs::add);
    return outputs;
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({"relu,gaussian,false", "gated,adaptive,true"})
  void fitsAreThoseOfOneClass(String model, String source, boolean texts) throws IOException {
    String[] common = with(common(model, source, texts), "--lambda", "1.5");
    classes("test.csv", 20, 4, texts ? TEXTS : NUMBERS);
    common = with(common, "--test", at("test.csv"));
    done("fit", "joint", common);
    assertThat(outputs("joint")).hasSize(texts ? 3 : 4);
    for (JsonNode output : outputs("joint")) {
      String name = output.get("name").textValue();
      done("fit", "alone-" + name, with(common, "--positive=" + name));
      sameFolder("joint/" + output.get("folder").textValue(), "alone-" + name);
    }
    done("prune", "pruned", "--run", at("joint"));
    assertThat(json("pruned/minimal/network.json").get("classes"))
        .isEqualTo(json("joint/network.json").get("classes"));
  }

  /** With a lambda for each the networks chosen are the same, too. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "relu,gaussian,true",
    "relu,adaptive,false",
    "gated,gaussian,false",
    "gated,adaptive,true"
  })
  void pathsAreThoseOfOneClass(String model, String source, boolean texts) throws IOException {
    String[] common = with(common(model, source, texts), "--lambdas", "4", "--choose", "each");
    if (texts) {
      common = with(common, "--valid-fraction", "0.25");
    }
    done("path", "joint", common);
    String largest = json("joint/summary.json").get("lambdaMax").asText();
    for (JsonNode output : outputs("joint")) {
      String name = output.get("name").textValue();
      done("path", "alone-" + name, with(common, "--positive=" + name, "--lambda-max", largest));
      sameFolder("joint/" + output.get("folder").textValue(), "alone-" + name);
    }
  }

  /** Where one lambda is chosen for all, all but what follows from the choice is the same. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"mse", "accuracy"})
  void oneLambdaForAllChangesNoPath(String choose) throws IOException {
    String[] common = with(common("relu", "gaussian", true), "--lambdas", "5");
    done("path", "joint", with(common, "--choose", choose));
    String largest = json("joint/summary.json").get("lambdaMax").asText();
    for (JsonNode output : outputs("joint")) {
      String name = output.get("name").textValue();
      String own = "joint/" + output.get("folder").textValue();
      String alone = "alone-" + name;
      done("path", alone, with(common, "--positive", name, "--lambda-max", largest));
      assertThat(withoutSeconds(own + "/path.csv")).isEqualTo(withoutSeconds(alone + "/path.csv"));
      for (String file : List.of("bound.csv", "events.csv")) {
        assertThat(folder.resolve(own).resolve(file))
            .hasSameBinaryContentAs(folder.resolve(alone).resolve(file));
      }
      assertThat(table(own + "/coefficients.parquet"))
          .isEqualTo(table(alone + "/coefficients.parquet"));
      int index = output.get("lambdaIndex").intValue();
      assertThat(json(own + "/summary.json").get("lambdaIndex").intValue()).isEqualTo(index);
      assertThat(json("joint/summary.json").at("/outputs/0/lambdaIndex").intValue())
          .isEqualTo(index);
      if (json(alone + "/summary.json").get("lambdaIndex").intValue() == index) {
        assertThat(folder.resolve(own).resolve("best/network.json"))
            .hasSameBinaryContentAs(folder.resolve(alone).resolve("best/network.json"));
      }
    }
  }
}
