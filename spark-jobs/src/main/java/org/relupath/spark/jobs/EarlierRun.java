package org.relupath.spark.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.RunFiles;

/**
 * The folder that a fit or path left: what it was made from, its gates, and its solutions.
 *
 * <p>Everything that defines the program comes from the folder: data, split and preprocessing from
 * its settings, gates from blocks.parquet, where those of every distinct pattern are, however they
 * were drawn. Rows that are not what they were are refused.
 */
final class EarlierRun {
  private final RunFiles files;
  private final JsonNode manifest;
  private final Config settings;

  private EarlierRun(RunFiles files, JsonNode manifest, Config settings) {
    this.files = files;
    this.manifest = manifest;
    this.settings = settings;
  }

  /** Reads manifest.json and resolved.conf; what the folder lacks is refused before any work. */
  static EarlierRun open(JobContext context) {
    String folder = context.settings().network().run();
    RunFiles files = RunFiles.open("--run", folder, context.hadoop());
    files.refuseReplacing(context.settings().output().directory());
    JsonNode manifest = files.json("manifest.json");
    if (manifest.path("dataHash").asText().startsWith(RowData.HASH_PREFIX)) {
      throw files.refusal(
          "was made by engine rows, whose rows are on no one machine, expected another engine's",
          null);
    }
    try {
      Config settings = ConfigFactory.parseString(files.text("resolved.conf"));
      EarlierRun run = new EarlierRun(files, manifest, settings);
      files.text(run.isPath() ? "best/summary.json" : "summary.json");
      return run;
    } catch (ConfigException e) {
      throw files.refusal("resolved.conf is not a configuration", e);
    }
  }

  /** Its small files. */
  RunFiles files() {
    return files;
  }

  /** Whether it holds a path, rather than one fit. */
  boolean isPath() {
    return files.has("coefficients.parquet");
  }

  /** The folder of a path's chosen lambda, or the fit's own. */
  private String fitFolder() {
    return isPath() ? "best/" : "";
  }

  /**
   * The run's data and model, to be laid under the settings of this command.
   *
   * @param config the command's own: rows that it names are looked at in the run's columns
   */
  Config base(ResolvedConfig config) {
    Config base = settings;
    for (String key : settings.root().keySet()) {
      if (!Commands.describesProgram(key)) {
        base = base.withoutPath(key);
      }
    }
    for (String key : List.of("input", "valid", "test")) {
      base = base.withValue(key, ConfigValueFactory.fromAnyRef(manifest.path(key).textValue()));
    }
    if (config.isExplicit("valid")) {
      refuseSplit(base);
    }
    if (config.isExplicit("input") && !features().equals(numbered(features().size()))) {
      base = base.withValue("features", ConfigValueFactory.fromIterable(features()));
    }
    return base;
  }

  private static void refuseSplit(Config base) {
    if (base.hasPath("valid-fraction")) {
      throw new BadInputException(
          "--valid: --run holds out --valid-fraction "
              + base.getString("valid-fraction")
              + " of its own rows, expected no others");
    }
  }

  /** The names of the raw columns, in the order that gates have them. */
  private List<String> features() {
    List<String> names = new ArrayList<>();
    manifest.path("features").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** What columns are called where a file has no names for them. */
  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(k -> "x" + k).toList();
  }

  /**
   * Refuses rows other than those that the run was made from, unless they were asked for, and those
   * of another width always.
   */
  void requireSame(TrainingData data, ResolvedConfig config) {
    if (data.all().inputs().size() != features().size()) {
      throw new BadInputException(
          config.text("input")
              + " has "
              + data.all().inputs().size()
              + " features, expected the "
              + features().size()
              + " that --run "
              + config.text("run")
              + " was made from");
    }
    if (config.isExplicit("input")) {
      return;
    }
    if (!Fingerprint.of(data.all()).equals(manifest.path("dataHash").asText())) {
      throw new BadInputException(
          config.text("input")
              + ": the rows are not those that --run "
              + config.text("run")
              + " was made from (--input names others on purpose)");
    }
  }

  /** The gate vectors of all distinct patterns, in the order of the patterns. */
  Matrix gates(SparkSession spark) {
    Map<Integer, double[]> gates = new TreeMap<>();
    table(spark, fitFolder() + "blocks.parquet")
        .select("gateId", "gate")
        .where("sign = 1")
        .toLocalIterator()
        .forEachRemaining(row -> gates.put(row.getInt(0), doubles(row, "gate")));
    return Matrix.ofRows(gates.values().toArray(new double[0][]));
  }

  private List<Row> blocks(SparkSession spark) {
    return parquet(spark, fitFolder() + "blocks.parquet");
  }

  private List<Row> parquet(SparkSession spark, String name) {
    return table(spark, name).collectAsList();
  }

  private Dataset<Row> table(SparkSession spark, String name) {
    if (!files.has(name)) {
      throw files.refusal("holds no " + name, null);
    }
    return spark.read().parquet(files.path(name));
  }

  static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** The position in the path of the lambda that the run chose; 0 for a fit. */
  int chosen() {
    return files.json(fitFolder() + "summary.json").path("lambdaIndex").asInt(0);
  }

  /**
   * The solutions, largest lambda first.
   *
   * @param training the program of this run
   * @param same whether it is that of the earlier run too; else the weights are left behind
   */
  List<StoredSolution> solutions(SparkSession spark, Training training, boolean same) {
    double unit = training.unit();
    if (!isPath()) {
      double lambda = files.json("summary.json").path("lambda").asDouble() * unit;
      return List.of(
          new StoredSolution(0, lambda, weights(training, same ? blocks(spark) : List.of())));
    }
    Map<Integer, List<Row>> byLambda = new TreeMap<>();
    for (Row row : parquet(spark, "coefficients.parquet")) {
      byLambda
          .computeIfAbsent(row.getInt(row.fieldIndex("lambdaIndex")), k -> new ArrayList<>())
          .add(row);
    }
    List<StoredSolution> solutions = new ArrayList<>();
    for (Row row : parquet(spark, "path.parquet")) {
      int index = row.getInt(row.fieldIndex("index"));
      double lambda = row.getDouble(row.fieldIndex("lambda")) * unit;
      List<Row> own = same ? byLambda.getOrDefault(index, List.of()) : List.<Row>of();
      solutions.add(new StoredSolution(index, lambda, weights(training, own)));
    }
    return solutions;
  }

  /** The nonzero blocks of a table with gateId, sign and w. */
  private BlockWeights weights(Training training, List<Row> rows) {
    ConvexProgram program = training.program();
    int d = program.problem().d();
    List<Block> blocks = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (Row row : rows) {
      double[] w = doubles(row, "w");
      int pattern = row.getInt(row.fieldIndex("gateId"));
      if (w.length != d || pattern >= program.patterns().count()) {
        throw files.refusal("its blocks are not of the program that its settings make", null);
      }
      int sign = row.getInt(row.fieldIndex("sign"));
      boolean zero = java.util.Arrays.stream(w).allMatch(value -> value == 0);
      if (!zero) {
        blocks.add(program.block(sign > 0 ? pattern : program.patterns().count() + pattern));
        weights.add(w);
      }
    }
    return new BlockWeights(blocks, d, Matrix.ofRows(weights.toArray(new double[0][])).values())
        .compact();
  }
}
