package org.relupath.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Observations;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;

/** Each output's rows are those of the run of one output that its settings make. */
class OutputRowsTest {
  private static final long SEED = 3;

  @TempDir Path folder;

  private static RunSettings settings(Map<String, Object> keys) {
    ResolvedConfig config = ResolvedConfig.defaults();
    for (Map.Entry<String, Object> key : keys.entrySet()) {
      config = config.with(key.getKey(), key.getValue());
    }
    return RunSettings.of(config);
  }

  private static TrainingData.Sources sources(RunSettings settings) {
    return TrainingData.Sources.open(settings.data(), new Configuration(false));
  }

  private RunRows load(Map<String, Object> keys) {
    RunSettings settings = settings(keys);
    return RunRows.load(SharedSpark.session(), sources(settings), settings, null);
  }

  private Map<String, Object> keys(String input, Object... others) {
    Map<String, Object> keys = new HashMap<>(Map.of("input", input));
    for (int i = 0; i < others.length; i += 2) {
      keys.put((String) others[i], others[i + 1]);
    }
    return keys;
  }

  private String csv(String name, String header, int n, String... last) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder text = new StringBuilder(header + "\n");
    for (int r = 0; r < n; r++) {
      text.append(random.nextDouble()).append(',');
      text.append(random.nextInt(4) == 0 ? "red" : "blue").append(',');
      text.append(random.nextInt(3)).append(',').append(last[r % last.length]).append('\n');
    }
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static void assertSame(TrainingData one, TrainingData other) {
    assertThat(one.hash()).isEqualTo(other.hash());
    for (Part part : Part.values()) {
      Observations own = one.rows(part);
      if (own == null) {
        assertThat(other.rows(part)).isNull();
        continue;
      }
      assertThat(own.features()).isEqualTo(other.rows(part).features());
      assertThat(own.columns()).isEqualTo(other.rows(part).columns());
      assertThat(own.targets()).containsExactly(other.rows(part).targets());
      assertThat(own.weights()).containsExactly(other.rows(part).weights());
      assertThat(own.classes()).isEqualTo(other.rows(part).classes());
    }
  }

  private OutputRows outputsAreSingleRuns(Map<String, Object> keys) {
    OutputRows rows = (OutputRows) load(keys);
    for (OutputRows.Output output : rows.outputs()) {
      Map<String, Object> own = new HashMap<>(keys);
      own.putAll(output.settings());
      assertSame(output.rows(), (TrainingData) load(own));
    }
    return rows;
  }

  @Test
  void textsAreClasses() throws IOException {
    String rows = csv("rows.csv", "a,b,w,label", 60, "ox", "cow", "\"a, b\"", "cow");
    String test = csv("test.csv", "a,b,w,label", 9, "cow", "ox", "\"a, b\"");
    OutputRows all =
        outputsAreSingleRuns(
            keys(rows, "weights", "w", "valid-fraction", 0.25, "test", test, "sample-rows", 30));
    assertThat(all.names()).containsExactly("a, b", "cow", "ox");
    assertThat(all.classes()).isEqualTo(List.of("a, b", "cow", "ox"));
    int[] codes = all.classes(Part.TEST);
    assertThat(codes.length).isEqualTo(all.count(Part.TEST).intValue());
    for (int k = 0; k < 3; k++) {
      double[] targets = all.outputs().get(k).rows().rows(Part.TEST).targets();
      for (int r = 0; r < codes.length; r++) {
        assertThat(targets[r]).isEqualTo(codes[r] == k ? 1 : -1);
      }
    }
    assertThat(all.notes()).hasSize(2).allMatch(note -> note.contains("rows of weight 0"));
  }

  @Test
  void fewWholeNumbersAreTakenForClasses() throws IOException {
    String rows = csv("rows.csv", "a,b,w,digit", 50, "3", "1", "2.0", "-7", "1");
    OutputRows all = outputsAreSingleRuns(keys(rows, "label", "digit"));
    assertThat(all.classes()).isEqualTo(List.of(-7.0, 1.0, 2.0, 3.0));
    assertThat(all.names()).containsExactly("-7", "1", "2", "3");
    assertThat(all.notes())
        .containsExactly(
            "label 'digit' has 4 whole numbers: taken as classes, expected --task regression"
                + " where they are amounts");
    assertThat(all.classes(Part.VALID)).isNull();
    assertThat(load(keys(rows, "label", "digit", "task", "regression")))
        .isInstanceOf(TrainingData.class);
    assertThat(load(keys(rows, "label", "digit", "label-mapping", "none")))
        .isInstanceOf(TrainingData.class);
    assertThat(load(keys(rows, "label", "digit", "positive", "2", "task", "regression")))
        .isInstanceOf(TrainingData.class);
  }

  /** Labels of the rows, a task, and how many outputs that makes. */
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4.5, auto, 1",
    "1 2 3 4.5, classification, 4",
    "1 2, auto, 1",
    "1 2, classification, 1",
    "1 2 3 4 5 6 7 8 9 10, auto, 10",
    "1 2 3 4 5 6 7 8 9 10 11, auto, 1",
    "1 2 3 4 5 6 7 8 9 10 11, classification, 11",
    "1 2 3 1 2 3 1 2 3 1 2 3 1 2, auto, 1",
    "b a, auto, 1",
    "b a c, classification, 3"
  })
  void howManyOutputs(String labels, String task, int outputs) throws IOException {
    int n = labels.length() > 25 && labels.startsWith("1 2 3 1") ? 14 : 55;
    String rows = csv("rows.csv", "a,b,w,label", n, labels.split(" "));
    RunRows all = load(keys(rows, "task", task));
    assertThat(all instanceof OutputRows several ? several.outputs().size() : 1).isEqualTo(outputs);
    assertThat(all.notes()).hasSize(outputs == 10 ? 1 : 0);
  }

  @Test
  void severalColumnsAreOutputs() throws IOException {
    String rows = csv("rows.csv", "a,b,w,\"x,y\"", 30, "1.5", "-2", "0.25");
    OutputRows all =
        outputsAreSingleRuns(
            keys(rows, "label", "\"x,y\",a", "drop", List.of("w"), "valid-fraction", 0.5));
    assertThat(all.names()).containsExactly("x,y", "a");
    assertThat(all.classes()).isEmpty();
    assertThat(all.classes(Part.TRAIN)).isNull();
    assertThat(all.inputs()).containsExactly("b");
    assertThat(all.outputs().get(0).settings())
        .isEqualTo(Map.of("label", "\"x,y\"", "drop", List.of("w", "a"), "task", "regression"));
  }

  /** One of them has two values: it is a label of two values, as alone. */
  @Test
  void aColumnOfTwoValuesKeepsThem() throws IOException {
    String rows = csv("rows.csv", "a,b,w,label", 30, "1", "0");
    OutputRows all = outputsAreSingleRuns(keys(rows, "label", "w,label", "missing", "mean"));
    assertThat(all.outputs().get(0).settings().get("task")).isEqualTo("regression");
    assertThat(all.outputs().get(1).settings().get("task")).isEqualTo("auto");
  }

  @Test
  void refusals() throws IOException {
    String rows = csv("rows.csv", "a,b,w,label", 30, "ox", "cow", "hen");
    String[][] cases = {
      {"task", "regression", "--task regression: label column 'label' of --input "},
      {"label-mapping", "none", "--label-mapping none: label column 'label' of --input "},
      {"positive", "dog", "--positive: 'dog', expected one of the labels in column 'label': cow"},
      {"label", "label,a", "row 1 column 'label' is 'ox', expected a finite number"},
      {"label", "a,zz", "--label: --input " + rows + " has no column 'zz'"},
      {"label", "a,a", "label: 'a,a', expected distinct names"},
      {"features", "a,label", "--features: 'label' is the label"},
    };
    for (String[] one : cases) {
      assertThatThrownBy(() -> load(keys(rows, one[0], one[1])))
          .as(one[0] + " " + one[1])
          .hasMessageContaining(one[2]);
    }
    String[][] columns = {
      {"positive", "1", "positive: '1', expected none, as --label has several columns"},
      {"task", "classification", "task: 'classification', expected auto or regression, as"},
      {"features", "b,w", "--features: 'w' is the label"},
      {"weights", "w", "weights: 'w', expected another column than the label"},
      {"drop", "w", "drop: 'w', expected other columns than the label and the weights"},
    };
    for (String[] one : columns) {
      assertThatThrownBy(() -> load(keys(rows, "label", "a,w", one[0], one[1])))
          .as(one[0] + " " + one[1])
          .hasMessageContaining(one[2]);
    }
  }

  @Test
  void aClassThatTrainingHasNot() throws IOException {
    String rows = csv("rows.csv", "a,b,w,label", 30, "ox", "cow", "hen");
    String test = csv("test.csv", "a,b,w,label", 3, "ox", "dog");
    assertThatThrownBy(() -> load(keys(rows, "test", test)))
        .hasMessageContaining("row 2 column 'label' is dog, expected one of the training labels");
    String single = csv("one.csv", "a,b,w,label", 9, "ox", "cow", "ox", "hen", "ox", "ox", "bee");
    assertThatThrownBy(() -> load(keys(single, "valid-fraction", 0.8)))
        .hasMessageContaining("--valid-fraction: row ")
        .hasMessageContaining("expected one of the training labels [");
  }

  /** Two classes that training rows have left are a label of two values. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "classification"})
  void twoClassesAreLeft(String task) throws IOException {
    int[] drawn = HoldOut.draw(60, 20 / 60.0, 0).heldOut();
    int dog =
        IntStream.range(0, 60)
            .filter(r -> Arrays.binarySearch(drawn, r) < 0)
            .findFirst()
            .orElseThrow();
    String[] labels = new String[60];
    Arrays.setAll(labels, r -> r == dog ? "dog" : r % 2 == 0 ? "ox" : "cow");
    String rows = csv("rows.csv", "a,b,w,label", 60, labels);
    Map<String, Object> sample = keys(rows, "sample-rows", 20, "task", task);
    TrainingData all = (TrainingData) load(sample);
    assertThat(all.all().classes()).containsExactly("cow", "ox");
    // The same rows, alone in a file.
    String header = Files.readAllLines(folder.resolve("rows.csv")).get(0);
    List<String> lines = Files.readAllLines(folder.resolve("rows.csv"));
    StringBuilder text = new StringBuilder(header + "\n");
    for (int r : drawn) {
      text.append(lines.get(r + 1)).append('\n');
    }
    String alone = Files.writeString(folder.resolve("alone.csv"), text).toString();
    assertSame(all, (TrainingData) load(keys(alone, "task", task)));
    String test = csv("test.csv", "a,b,w,label", 3, "ox", "dog");
    sample.put("test", test);
    assertThatThrownBy(() -> load(sample))
        .hasMessage(
            "--test %s: row 2 column 'label' is dog, expected one of the training labels [cow, ox]"
                .formatted(test));
    // Whatever the seed, one row of three is held out, or makes a class.
    for (int seed = 1; seed < 5; seed++) {
      Map<String, Object> split =
          keys(rows, "valid-fraction", 0.5, "seed", (long) seed, "task", task);
      try {
        assertThat(((OutputRows) load(split)).outputs()).hasSize(3);
      } catch (BadInputException e) {
        assertThat(e)
            .hasMessage(
                ("--valid-fraction: row %s column 'label' is dog, expected one of the training"
                        + " labels [cow, ox]")
                    .formatted(dog + 1));
      }
    }
  }

  /** What takes one output takes no classes: not the first of them, nor amounts. */
  @ParameterizedTest
  @CsvSource({"3 1 2, 3", "ox cow hen, 3", "3 1 2 1 4.5, 4"})
  void oneOutputHasNoClasses(String labels, int count) throws IOException {
    String rows = csv("rows.csv", "a,b,w,label", 30, labels.split(" "));
    RunSettings settings = settings(keys(rows, "task", "classification"));
    assertThatThrownBy(
            () -> TrainingData.load(SharedSpark.session(), sources(settings), settings, null))
        .hasMessage(
            ("--task classification: label column 'label' of --input %s has %s different labels,"
                    + " expected two, or --positive with one of them")
                .formatted(rows, count));
  }

  @Test
  void aColumnOfOneValueIsRefused() throws IOException {
    String rows = csv("rows.csv", "a,b,w,label", 30, "4");
    assertThatThrownBy(() -> load(keys(rows, "label", "a,label")))
        .hasMessageContaining("label column 'label' is 4.0 in all 30 training rows");
  }
}
