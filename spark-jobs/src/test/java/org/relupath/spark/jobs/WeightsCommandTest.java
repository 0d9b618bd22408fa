package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.data.Folds;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.TrainSettings;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.Training;

/** Weights of rows and classes through every command that takes them. */
@ExtendWith(SharedSpark.class)
class WeightsCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 30;

  /** Far below what two solves of one program differ by. */
  private static final String[] EXACT = {"--tolerance", "1e-13", "--gates", "20"};

  @TempDir Path folder;
  private double[][] features;
  private double[] labels;
  private double[] scores;

  @BeforeEach
  void draw() {
    SplittableRandom random = new SplittableRandom(29);
    features = new double[ROWS][];
    labels = new double[ROWS];
    scores = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      features[r] = new double[] {random.nextDouble(), 20 + 3 * random.nextDouble()};
      scores[r] = Math.abs(features[r][0] - 0.4) + 0.2 * random.nextDouble();
      labels[r] = scores[r] > 0.45 ? 1 : 0;
    }
  }

  /** Rows with the given weights, or as many copies of each as its weight says. */
  private String write(String name, double[] label, double[] weights, boolean copies)
      throws IOException {
    StringBuilder text = new StringBuilder(copies ? "a,b,label\n" : "a,w,b,label\n");
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < (copies ? weights[r] : 1); i++) {
        text.append(features[r][0]).append(',');
        text.append(copies ? "" : weights[r] + ",");
        text.append(features[r][1]).append(',').append(label[r]).append('\n');
      }
    }
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static double[] whole(long seed, int least) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.ints(ROWS, least, 4).asDoubleStream().toArray();
  }

  private CommandRun run(String command, String input, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--output", at(output)));
    if (input != null) {
      args.addAll(List.of("--input", input));
    }
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private CommandRun done(CommandRun run) {
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return run;
  }

  private static String[] with(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  private void sameFigures(String one, String other, double relative, String... fields)
      throws IOException {
    JsonNode own = json(one);
    JsonNode expected = json(other);
    for (String field : fields) {
      double value = expected.at("/" + field).asDouble(Double.NaN);
      assertThat(value).as(field).isNotNaN();
      assertThat(own.at("/" + field).asDouble(Double.NaN))
          .as(field)
          .isCloseTo(value, within(relative * Math.abs(value)));
    }
  }

  private void sameNetwork(String one, String other) throws IOException {
    double[] own = predictions(one);
    double[] expected = predictions(other);
    for (int r = 0; r < ROWS; r++) {
      assertThat(own[r]).isCloseTo(expected[r], within(1e-9 * (1 + Math.abs(expected[r]))));
    }
  }

  private double[] predictions(String file) throws IOException {
    Network network = NetworkFile.read(Files.readString(folder.resolve(file)));
    return network.predict(Matrix.ofRows(features));
  }

  private String figures(String file, String... unlike) throws IOException {
    com.fasterxml.jackson.databind.node.ObjectNode all =
        (com.fasterxml.jackson.databind.node.ObjectNode) json(file);
    return all.remove(List.of(unlike)).toString();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"relu,mean,false", "gated,sum,true"})
  void wholeWeightsAreRepeatedRows(String model, String scaling, boolean two) throws IOException {
    double[] label = two ? labels : scores;
    String weighted = write("weighted.csv", label, whole(1, 1), false);
    String copies = write("copies.csv", label, whole(1, 1), true);
    String valid = write("valid.csv", label, whole(2, 1), false);
    String validCopies = write("valid-copies.csv", label, whole(2, 1), true);
    String[] common = with(EXACT, "--model", model, "--loss-scaling", scaling, "--lambdas", "4");
    if (two) {
      common = with(common, "--center-label", "true");
    }
    done(
        run(
            "path",
            weighted,
            "weighted",
            with(common, "--weights", "w", "--valid", valid, "--test", valid)));
    done(
        run("path", copies, "copies", with(common, "--valid", validCopies, "--test", validCopies)));
    String[] proofs = {
      "lambda",
      "lambdaMax",
      "objective",
      "loss",
      "penalty",
      "dualObjective",
      "weight",
      "d",
      "distinctPatterns",
      "neurons",
      "train/mse",
      "valid/mse",
      "test/mse",
      "lambdaIndex"
    };
    sameFigures("weighted/best/summary.json", "copies/best/summary.json", 1e-9, proofs);
    if (two) {
      sameFigures(
          "weighted/best/summary.json",
          "copies/best/summary.json",
          1e-12,
          "train/accuracy",
          "valid/accuracy");
    }
    assertThat(json("weighted/best/summary.json").get("n").asInt()).isEqualTo(ROWS);
    assertThat(json("weighted/manifest.json").get("weights").asText()).isEqualTo("w");
    assertThat(json("weighted/manifest.json").get("dataHash"))
        .isNotEqualTo(json("copies/manifest.json").get("dataHash"));
    sameNetwork("weighted/best/network.json", "copies/best/network.json");
    // What goes on from the runs goes on from the weights.
    for (String run : List.of("weighted", "copies")) {
      done(run("optimal-set", null, run + "-set", "--run", at(run), "--lambda-index", "2"));
      done(run("prune", null, run + "-pruned", "--run", at(run), "--lambda-index", "2"));
    }
    sameFigures(
        "weighted-set/optimal-set.json",
        "copies-set/optimal-set.json",
        1e-7,
        "dimension",
        "lambda",
        "sensitivity/df");
    List<String[]> own = lines("weighted-pruned/pruning.csv");
    List<String[]> other = lines("copies-pruned/pruning.csv");
    assertThat(own).hasSameSizeAs(other);
    for (int i = 1; i < own.size(); i++) {
      for (int k = 2; k < 4; k++) {
        double expected = Double.parseDouble(other.get(i)[k]);
        assertThat(Double.parseDouble(own.get(i)[k]))
            .as("%s %s", own.get(0)[k], i)
            .isCloseTo(expected, within(1e-6 * expected));
      }
    }
    // And an audit of one network has the figures of the other's.
    String network = at("copies/best/network.json");
    String lambda = json("copies/best/summary.json").get("lambda").asText();
    String[] audit = {
      "--network", network, "--lambda", lambda, "--loss-scaling", scaling, "--gates", "20"
    };
    done(run("audit", weighted, "weighted-audit", with(audit, "--weights", "w")));
    done(run("audit", copies, "copies-audit", audit));
    sameFigures(
        "weighted-audit/audit.json",
        "copies-audit/audit.json",
        1e-7,
        "objective",
        "lowerBound",
        "patternSetBound",
        "train/mse");
    // A run says which column its weights are in, and how much its rows weigh together.
    done(
        run(
            "audit",
            weighted,
            "run-audit",
            "--run",
            at("weighted"),
            "--weights",
            "w",
            "--gates",
            "20"));
    sameFigures("run-audit/audit.json", "weighted/best/summary.json", 1e-9, "lambda", "objective");
  }

  private List<String[]> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream().map(l -> l.split(",")).toList();
  }

  @Test
  void rowsOfWeightZeroAreLeftOut() throws IOException {
    double[] weights = whole(3, 0);
    String all = write("all.csv", scores, weights, false);
    List<String> kept = new ArrayList<>(List.of("a,w,b,label"));
    List<String> lines = Files.readAllLines(Path.of(all));
    for (int r = 0; r < ROWS; r++) {
      if (weights[r] > 0) {
        kept.add(lines.get(r + 1));
      }
    }
    assertThat(kept.size()).isBetween(10, ROWS);
    Files.write(folder.resolve("kept.csv"), kept);
    String[] common = with(EXACT, "--weights", "w", "--lambdas", "3", "--valid-fraction", "0.3");
    done(run("path", all, "all", common));
    done(run("path", at("kept.csv"), "kept", common));
    assertThat(folder.resolve("all/best/network.json"))
        .hasSameBinaryContentAs(folder.resolve("kept/best/network.json"));
    String[] unlike = {"seconds", "versions", "engineReason"};
    assertThat(figures("all/best/summary.json", unlike))
        .isEqualTo(figures("kept/best/summary.json", unlike));
    assertThat(json("all/manifest.json").get("dataHash"))
        .isEqualTo(json("kept/manifest.json").get("dataHash"));
    assertThat(json("all/manifest.json").get("rows"))
        .isEqualTo(json("kept/manifest.json").get("rows"));
  }

  /** Folds of rows that all weigh the same are folds of rows. */
  @Test
  void crossValidationOfOneWeightIsThatOfNone() throws IOException {
    double[] equal = new double[ROWS];
    Arrays.fill(equal, 4);
    String input = write("equal.csv", scores, equal, false);
    String[] common = with(EXACT, "--lambdas", "5", "--loss-scaling", "mean");
    done(run("path", input, "weighted", with(common, "--weights", "w")));
    done(run("path", input, "plain", with(common, "--features", "a,b")));
    sameFigures(
        "weighted/best/summary.json",
        "plain/best/summary.json",
        1e-9,
        "lambda",
        "lambdaMax",
        "objective",
        "train/mse");
    sameFigures("weighted/best/summary.json", "plain/best/summary.json", 0, "lambdaIndex");
    sameNetwork("weighted/best/network.json", "plain/best/network.json");
  }

  /** Executors have the rows before they are weighted, too. */
  @Test
  void enginesAgree() throws IOException {
    String input = write("engines.csv", scores, whole(5, 0), false);
    String[] common = with(EXACT, "--weights", "w", "--lambdas", "3", "--valid-fraction", "0.2");
    for (String engine : List.of("driver", "gates", "lambdas")) {
      done(run("path", input, engine, with(common, "--engine", engine)));
      sameNetwork(engine + "/best/network.json", "driver/best/network.json");
      sameFigures(
          engine + "/best/summary.json",
          "driver/best/summary.json",
          1e-10,
          "objective",
          "lambdaMax",
          "distinctPatterns");
    }
  }

  /** The error that lambda is chosen by against fits of the folds by the core alone. */
  @Test
  void foldsAreFittedAndMeasuredByWeight() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    double[] weights = random.doubles(ROWS).map(u -> u < 0.7 ? 1 : 50).toArray();
    String input = write("folds.csv", scores, weights, false);
    done(run("path", input, "folds", with(EXACT, "--lambdas", "4", "--weights", "w")));
    double lambda = json("folds/best/summary.json").get("lambda").asDouble();
    double chosen = json("folds/best/summary.json").get("chosenMse").asDouble();
    Observations all =
        new Observations(List.of("a", "b"), Matrix.ofRows(features), scores).withWeights(weights);
    double expected = crossValidated(all, all, lambda);
    assertThat(chosen).isCloseTo(expected, within(0.02 * expected));
    // Errors that are not weighted, or lambdas that are not shared by weight, are others.
    double unweighted = crossValidated(all, all.withWeights(new double[0]), lambda);
    assertThat(Math.abs(unweighted / expected - 1)).isGreaterThan(0.1);
  }

  private static double crossValidated(Observations all, Observations measured, double lambda) {
    Folds folds = Folds.draw(ROWS, 5, 1);
    Matrix gates = new GateSampler(GateSampler.Distribution.GAUSSIAN, 1, 3, true).sample(20);
    double sum = 0;
    for (int f = 0; f < folds.count(); f++) {
      Observations inside = all.select(folds.split(f).train());
      Observations outside = measured.select(folds.split(f).heldOut());
      Preprocessing own = Preprocessing.fit(inside, Preprocessing.Options.DEFAULT);
      Problem problem = Problem.of(own, inside, Model.RELU);
      Patterns patterns = Patterns.of(problem.sides(), gates);
      double share = inside.totalWeight() / all.totalWeight();
      Solution solution =
          new Solver(problem, new Pricer(new ConvexProgram(problem, patterns)))
              .solve(share * lambda, Settings.to(1e-10));
      double[] fit =
          Neurons.of(solution.weights(), Model.RELU, gates).predict(own.design(outside.features()));
      double[] target = own.targets(outside.targets());
      for (int r = 0; r < fit.length; r++) {
        sum += outside.weight(r) * (fit[r] - target[r]) * (fit[r] - target[r]);
      }
    }
    return sum / measured.totalWeight();
  }

  @Test
  void balancedClassesAreGivenWeightsInTheFitAndNotInMetrics() throws IOException {
    double positive = Arrays.stream(labels).sum();
    double[] given = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      given[r] = ROWS / (2 * (labels[r] == 1 ? positive : ROWS - positive));
    }
    assertThat(positive).isBetween(2.0, ROWS / 2 - 2.0);
    String input = write("given.csv", labels, given, false);
    String[] mean = with(EXACT, "--loss-scaling", "mean", "--lambda-ratio", "0.05");
    String[] columns = with(mean, "--features", "a,b", "--class-weights", "balanced");
    done(run("fit", input, "balanced", columns));
    done(run("fit", input, "given", with(mean, "--weights", "w")));
    sameFigures(
        "balanced/summary.json",
        "given/summary.json",
        1e-9,
        "objective",
        "lambdaMax",
        "weight",
        "dualObjective");
    sameNetwork("balanced/network.json", "given/network.json");
    double[] own = predictions("balanced/network.json");
    double right = 0;
    for (int r = 0; r < ROWS; r++) {
      right += (own[r] >= 0) == (labels[r] == 1) ? 1 : 0;
    }
    assertThat(json("balanced/summary.json").at("/train/accuracy").asDouble())
        .isEqualTo(right / ROWS);
    String network = at("balanced/network.json");
    done(
        run(
            "audit",
            input,
            "audit",
            "--network",
            network,
            "--class-weights",
            "balanced",
            "--loss-scaling",
            "mean",
            "--gates",
            "20",
            "--lambda",
            json("balanced/summary.json").get("lambda").asText()));
    sameFigures("audit/audit.json", "balanced/summary.json", 1e-9, "objective");
    done(run("audit", input, "run-audit", "--run", at("balanced"), "--gates", "20"));
    sameFigures("run-audit/audit.json", "balanced/summary.json", 1e-9, "objective", "lambda");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--weights v                              | --weights: --input %s has no column 'v', it has a, w, b, label",
        "--weights label                          | --weights: 'label', expected another column than the label",
        "--weights w --features a,w               | --features: 'w' is the column of weights",
        "--weights=                               | --weights: is empty, expected a value",
        "--weights w --engine rows --model gated  | --engine: 'rows', expected driver, gates, lambdas or auto with --weights",
        "--class-weights balanced --engine rows --model gated | --engine: 'rows', expected driver, gates, lambdas or auto with --class-weights",
        "--class-weights heavy                    | --class-weights: 'heavy', expected one of none, balanced",
        "--class-weights balanced                 | --class-weights: 'balanced', expected none, as label column 'label' has other than two values",
      })
  void refusedOptions(String options, String expected) throws IOException {
    String input = write("rows.csv", scores, whole(1, 1), false);
    CommandRun run = run("fit", input, "none", options.trim().split(" +"));
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains(expected.trim().formatted(input));
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void refusedWeights() throws IOException {
    String expected =
        "%s: row 3 column 'w' is %s, expected a weight: 0, or a number from 1.0E-30 to 1.0E30";
    for (double weight : new double[] {-1, 1e-31, 1e31}) {
      double[] weights = whole(1, 1);
      weights[2] = weight;
      String input = write("rows.csv", scores, weights, false);
      assertThat(run("fit", input, "none", "--weights", "w").errorLine())
          .contains(expected.formatted(input, weight));
    }
    String zeros = write("zeros.csv", scores, new double[ROWS], false);
    assertThat(run("fit", zeros, "none", "--weights", "w").errorLine())
        .contains(zeros + ": column 'w' is 0 in all 30 rows, expected a weight above 0");
    // Rows are numbered as they are in the file, whatever is left out before them.
    double[] first = whole(1, 1);
    first[0] = 0;
    labels[0] = 1;
    String training = write("training.csv", labels, first, false);
    labels[7] = 5;
    String other = write("other.csv", labels, first, false);
    assertThat(run("fit", training, "none", "--weights", "w", "--valid", other).errorLine())
        .contains("row 8 column 'label' is 5.0, expected one of the training labels");
    String bare = write("bare.csv", labels, whole(1, 1), true);
    assertThat(run("fit", training, "none", "--weights", "w", "--valid", bare).errorLine())
        .contains("--weights: --valid " + bare + " has no column 'w'");
    String libsvm = Files.writeString(folder.resolve("rows.libsvm"), "1 1:2\n0 1:3\n").toString();
    assertThat(run("fit", libsvm, "none", "--weights", "w").errorLine())
        .contains("--weights: a libsvm file has no column names");
  }

  @Test
  void dataFramesAndStudiesHaveWeightsToo(SparkSession spark) throws IOException {
    String weighted = write("weighted.csv", scores, whole(1, 0), false);
    String copies = write("copies.csv", scores, whole(1, 0), true);
    TrainSettings settings = TrainSettings.defaults().with("gates", 20).with("tolerance", 1e-13);
    Dataset<Row> rows =
        spark.read().option("header", "true").option("inferSchema", "true").csv(weighted);
    Dataset<Row> repeated =
        spark.read().option("header", "true").option("inferSchema", "true").csv(copies);
    TrainSettings own = settings.with("weights", "w");
    List<String> notes = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void note(String text) {
            notes.add(text);
          }
        };
    try (Training one = Training.open(rows, null, null, own, Training.Plan.FIT, listener);
        Training other = Training.fit(repeated, settings)) {
      long zeros = Arrays.stream(whole(1, 0)).filter(w -> w == 0).count();
      assertThat(notes)
          .containsOnlyOnce("rows: rows of weight 0 in column 'w' are left out: " + zeros);
      TrainedNetwork network = one.solve().best();
      TrainedNetwork expected = other.solve().best();
      double objective = expected.certificate().objective();
      assertThat(network.certificate().objective()).isCloseTo(objective, within(1e-9 * objective));
      assertThat(network.train().mse())
          .isCloseTo(expected.train().mse(), within(1e-9 * expected.train().mse()));
      assertThat(Training.measure(network.network(), rows, own).mse())
          .isCloseTo(network.train().mse(), within(1e-12));
    }
    Path conf =
        Files.writeString(
            folder.resolve("study.conf"),
            "datasets { line { input = \"%s\", weights = w } }\nmodels = gated, gate-counts = 10,"
                    .formatted(weighted)
                + " seeds = 1, folds = 2, lambdas = 3\n");
    done(run("study", null, "study", "--config", conf.toString()));
    assertThat(folder.resolve("study/manifest.json")).exists();
  }

  @Test
  void anAuditHasNoClassesOfManyLabels() throws IOException {
    String input = write("rows.csv", scores, whole(1, 1), false);
    done(run("fit", input, "numbers", "--gates", "10"));
    CommandRun audit =
        run("audit", input, "none", "--run", at("numbers"), "--class-weights", "balanced");
    assertThat(audit.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(audit.errorLine())
        .contains("--class-weights: 'balanced', expected none, as label column 'label' has other");
  }
}
