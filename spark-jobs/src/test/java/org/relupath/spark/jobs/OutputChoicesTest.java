package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** path --choose, by what the tables of the run say of each lambda. */
class OutputChoicesTest extends OutputsCase {
  private static final String LARGEST =
      " lambda_max, is the largest of the grid: no network of the grid does better than the zero"
          + " network";

  private static final String SMALLEST =
      " lambda_max, is the smallest of the grid: a smaller one may be better, see"
          + " --lambda-min-ratio";

  private String[] common;

  @BeforeEach
  void write() throws IOException {
    classes("rows.csv", 60, 9, "ox", "cow", "hen");
    common = new String[] {"--input", at("rows.csv"), "--gates", "12", "--lambdas", "6"};
  }

  private double[] column(String file, String name) throws IOException {
    List<String[]> lines = csv(file);
    int column = List.of(lines.get(0)).indexOf(name);
    return lines.stream().skip(1).mapToDouble(row -> Double.parseDouble(row[column])).toArray();
  }

  private static int first(double[] values, boolean largest) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      best = (largest ? values[k] > values[best] : values[k] < values[best]) ? k : best;
    }
    return best;
  }

  private List<String> folders() throws IOException {
    List<String> folders = new ArrayList<>();
    for (JsonNode output : json("run/summary.json").get("outputs")) {
      folders.add("run/" + output.get("folder").textValue());
    }
    return folders;
  }

  @ParameterizedTest
  @ValueSource(strings = {"best", "mse", "accuracy", "each"})
  void byHeldOutRows(String choose) throws IOException {
    done("path", "run", with(common, "--choose", choose, "--valid-fraction", "0.3"));
    boolean accuracy = choose.equals("accuracy");
    int joint = first(column("run/path.csv", accuracy ? "validAccuracy" : "validMse"), accuracy);
    List<Integer> indices = new ArrayList<>();
    for (String own : folders()) {
      int least = first(column(own + "/path.csv", "validMse"), false);
      int index = json(own + "/summary.json").get("lambdaIndex").intValue();
      assertThat(index).as(own).isEqualTo(choose.equals("each") ? least : joint);
      indices.add(index);
      double error = column(own + "/path.csv", "validMse")[index];
      assertThat(json(own + "/summary.json").get("chosenMse").doubleValue())
          .isCloseTo(error, within(1e-12));
    }
    JsonNode summary = json("run/summary.json");
    String by =
        switch (choose) {
          case "accuracy" -> "validAccuracy";
          case "each" -> "validMse";
          default -> "mean validMse";
        };
    boolean differ = indices.stream().distinct().count() > 1;
    assertThat(summary.get("chosenBy").textValue()).isEqualTo((differ ? "each output: " : "") + by);
    for (int k = 0; k < 3; k++) {
      assertThat(summary.at("/outputs/" + k + "/lambdaIndex").intValue()).isEqualTo(indices.get(k));
    }
    // The files of the choice are the files of these networks.
    assertThat(json("run/best/network.json").get("hidden").size())
        .isEqualTo(summary.get("neurons").intValue());
    double accuracyOfBest = column("run/path.csv", "validAccuracy")[joint];
    if (!choose.equals("each")) {
      assertThat(summary.at("/valid/accuracy").doubleValue()).isEqualTo(accuracyOfBest);
    }
  }

  /** Errors of folds are those of each output alone, of which the joint choice takes the mean. */
  @ParameterizedTest
  @CsvSource({
    "mse,'mean error, 5-fold cross-validation'",
    "accuracy,'accuracy, 5-fold cross-validation'"
  })
  void byFolds(String choose, String by) throws IOException {
    done("path", "run", with(common, "--choose", choose));
    assertThat(json("run/summary.json").get("chosenBy").textValue()).isEqualTo(by);
    done("path", "each", with(common, "--choose", "each"));
    List<Integer> chosen = new ArrayList<>();
    for (String own : folders()) {
      JsonNode summary = json(own + "/summary.json");
      JsonNode alone = json(own.replace("run/", "each/") + "/summary.json");
      chosen.add(summary.get("lambdaIndex").intValue());
      double least = alone.get("chosenMse").doubleValue();
      if (alone.get("lambdaIndex").equals(summary.get("lambdaIndex"))) {
        assertThat(summary.get("chosenMse").doubleValue()).isEqualTo(least);
      } else {
        assertThat(summary.get("chosenMse").doubleValue()).isGreaterThanOrEqualTo(least);
      }
    }
    assertThat(chosen.stream().distinct()).hasSize(1);
  }

  private List<String> warnings(String file) throws IOException {
    List<String> warnings = new ArrayList<>();
    json(file).get("warnings").forEach(warning -> warnings.add(warning.textValue()));
    return warnings.stream().filter(warning -> warning.contains("the best lambda")).toList();
  }

  /** A choice for all outputs at an end of the grid is told once, and by what chose it. */
  @ParameterizedTest
  @CsvSource({"mse,mean validMse", "accuracy,validAccuracy", "each,"})
  void theEndOfTheGrid(String choose, String by) throws IOException {
    String[] grid = with(common, "--lambda-min-ratio", "0.5", "--loss-scaling", "mean");
    done("path", "run", with(grid, "--choose", choose, "--valid-fraction", "0.3"));
    List<String> own = new ArrayList<>();
    for (String output : folders()) {
      own.addAll(warnings(output + "/summary.json"));
    }
    List<String> joint = warnings("run/summary.json");
    if (choose.equals("each")) {
      assertThat(own).isNotEmpty();
      assertThat(joint.stream().map(line -> line.replaceFirst("^[a-z]+: ", ""))).isEqualTo(own);
      return;
    }
    assertThat(own).isEmpty();
    String best = "all outputs, by " + by + ": the best lambda, ";
    switch (json("run/summary.json").at("/outputs/0/lambdaIndex").intValue()) {
      case 0 -> assertThat(joint).containsExactly(best + "1.00000" + LARGEST);
      case 5 -> assertThat(joint).containsExactly(best + "0.500000" + SMALLEST);
      default -> assertThat(joint).isEmpty();
    }
  }

  /** Labels that features say nothing of: the largest lambda, where every output is its mean. */
  @Test
  void theZeroNetworkOfAllOutputs() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder text = new StringBuilder("a,b,c,d,e,f,u,v\n");
    for (int r = 0; r < 90; r++) {
      for (int k = 0; k < 8; k++) {
        text.append(random.nextDouble()).append(k == 7 ? '\n' : ',');
      }
    }
    Files.writeString(folder.resolve("noise.csv"), text);
    String[] grid = {"--lambdas", "3", "--lambda-min-ratio", "0.3", "--loss-scaling", "mean"};
    String[] noise = with(grid, "--input", at("noise.csv"), "--label", "u,v");
    done("path", "run", with(noise, "--valid-fraction", "0.4"));
    assertThat(warnings("run/summary.json"))
        .containsExactly("all outputs, by mean validMse: the best lambda, 1.00000" + LARGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mse", "accuracy", "each"})
  void ofOneOutput(String choose) throws IOException {
    String[] one = with(common, "--positive", "cow", "--valid-fraction", "0.3");
    done("path", "run", with(one, "--choose", choose));
    boolean accuracy = choose.equals("accuracy");
    JsonNode summary = json("run/summary.json");
    assertThat(summary.get("lambdaIndex").intValue())
        .isEqualTo(
            first(column("run/path.csv", accuracy ? "validAccuracy" : "validMse"), accuracy));
    assertThat(summary.get("chosenBy").textValue())
        .isEqualTo(accuracy ? "validAccuracy" : "validMse");
    done("path", "folds", with(common, "--positive", "cow", "--choose", choose));
    assertThat(json("folds/summary.json").get("chosenBy").textValue())
        .isEqualTo((accuracy ? "accuracy, " : "") + "5-fold cross-validation");
  }

  @Test
  void certifiedPathsAreThoseOfOneOutput() throws IOException {
    String[] few = {"--input", at("rows.csv"), "--gates", "12", "--valid-fraction", "0.3"};
    String[] certify = with(few, "--certify", "0.05", "--lambda-min-ratio", "0.05");
    done("path", "run", certify);
    for (String own : folders()) {
      String name = own.replaceFirst(".*-", "");
      done("path", name, with(certify, "--positive", name));
      sameFolder(own, name);
    }
    // No lambdas that all of them have: no table of them together.
    assertThat(folder.resolve("run/path.csv")).doesNotExist();
    assertThat(json("run/summary.json").get("chosenBy").textValue()).endsWith("validMse");
    assertThat(json("run/best/network.json").get("outputs")).hasSize(3);
    assertThat(Files.readString(folder.resolve("run/report.html"))).contains("</html>");
    done("prune", "pruned", "--run", at("run"));
  }

  @Test
  void refusals() {
    assertThat(refused("path", with(common, "--choose", "one-standard-error")))
        .contains("--choose: 'one-standard-error', expected best, mse, accuracy or each for path");
    assertThat(refused("path", with(common, "--choose", "worst")))
        .contains("--choose: 'worst', expected one of ");
    assertThat(refused("fit", "--input", at("rows.csv"), "--choose", "mse")).contains("--choose");
  }
}
