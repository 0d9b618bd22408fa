package org.relupath.spark.earlier;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.ConvexProgram;
import org.relupath.spark.config.ConfigText;
import org.relupath.spark.config.Keys;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.data.RowData;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.CsvCell;
import org.relupath.spark.io.table.StoredTable;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.StoredSolution;

/**
 * The folder that a fit or path left: what it was made from, its gates, and its solutions.
 *
 * <p>Everything that defines the program comes from the folder: data, split and preprocessing from
 * its settings, gates from blocks.parquet, where those of every distinct pattern are, however they
 * were drawn. Rows that are not what they were are refused.
 */
public final class RunFolder {
  /** Keys that folders of earlier versions lack, which had their defaults. */
  private static final List<String> LATER =
      Keys.of("delimiter header task categorical missing dates id drop weights class-weights");

  private static final StructType GATES =
      new StructType()
          .add("gateId", DataTypes.IntegerType)
          .add("sign", DataTypes.IntegerType)
          .add("gate", DataTypes.createArrayType(DataTypes.DoubleType));

  private final RunFiles files;
  private final Config settings;

  private RunFolder(RunFiles files, Config settings) {
    this.files = files;
    this.settings = settings;
  }

  /** Reads manifest.json and resolved.conf; what the folder lacks is refused before any work. */
  public static RunFolder open(JobContext context) {
    return open("--run", context.settings().network().run(), context.hadoop());
  }

  /** Reads those files of the folder that an option names. */
  static RunFolder open(String option, String folder, Configuration hadoop) {
    RunFiles files = RunFiles.open(option, folder, hadoop);
    if (dataHash(files).startsWith(RowData.HASH_PREFIX)) {
      throw files.refusal(
          "was made by engine rows, whose rows are on no one machine, expected another engine's",
          null);
    }
    RunFolder run = new RunFolder(files, settings(files));
    files.text(run.isPath() ? "best/summary.json" : "summary.json");
    return run;
  }

  /** What resolved.conf says: every key that defines the program, and nothing from elsewhere. */
  public static Config settings(RunFiles files) {
    try {
      Config settings = ConfigText.of(files.text("resolved.conf"));
      if (!settings.hasPath("task") && settings.hasPath("label")) {
        String label = CsvCell.quote(settings.getString("label")); // a comma separated none
        settings = settings.withValue("label", ConfigValueFactory.fromAnyRef(label));
      }
      for (String key : Keys.program()) {
        if (!settings.root().containsKey(key) && !LATER.contains(key)) {
          throw files.refusal("resolved.conf lacks " + key, null);
        }
      }
      return settings;
    } catch (ConfigException e) {
      String line = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      throw files.refusal("resolved.conf is not a configuration: " + line, e);
    }
  }

  private static String dataHash(RunFiles files) {
    return files.manifest(manifest -> manifest.text("dataHash"));
  }

  /** Its small files. */
  RunFiles files() {
    return files;
  }

  /** Whether it holds a path, rather than one fit. */
  public boolean isPath() {
    return files.has("coefficients.parquet");
  }

  /** The folder of a path's chosen lambda, or the fit's own. */
  String fitFolder() {
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
      if (!Keys.program().contains(key)) {
        base = base.withoutPath(key);
      }
    }
    for (String key : List.of("input", "valid", "test")) {
      String path = files.manifest(manifest -> manifest.textOrNull(key));
      base = base.withValue(key, ConfigValueFactory.fromAnyRef(path));
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
    return files.manifest(manifest -> manifest.texts("features"));
  }

  /** What columns are called where a file has no names for them. */
  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(k -> "x" + k).toList();
  }

  /**
   * Refuses rows other than those that the run was made from, unless they were asked for, and those
   * of other columns always.
   */
  void requireSame(TrainingData data, ResolvedConfig config) {
    if (!data.all().inputs().equals(features())) {
      throw new BadInputException(
          "--input %s: has the features %s, expected %s, which --run %s was made from"
              .formatted(
                  config.text("input"),
                  Columns.shown(data.all().inputs()),
                  Columns.shown(features()),
                  config.text("run")));
    }
    if (config.isExplicit("input")) {
      return;
    }
    if (!Fingerprint.fits(dataHash(files), data.all())) {
      throw new BadInputException(
          config.text("input")
              + ": the rows are not those that --run "
              + config.text("run")
              + " was made from (--input names others on purpose)");
    }
  }

  /**
   * The gate vectors of all distinct patterns, in the order of the patterns.
   *
   * @param d columns of X
   */
  Matrix gates(SparkSession spark, int d) {
    String name = fitFolder() + "blocks.parquet";
    Map<Integer, double[]> gates = new TreeMap<>();
    StoredTable.open(spark, files, name, GATES)
        .each(
            "sign = 1",
            row -> gates.put(row.whole("gateId", 0, Integer.MAX_VALUE), row.vector("gate", d)));
    for (int id = 0; id < Math.max(1, gates.size()); id++) {
      if (!gates.containsKey(id)) {
        throw files.refusal(name + " lacks gateId " + id, null);
      }
    }
    return Matrix.ofRows(gates.values().toArray(new double[0][]));
  }

  /** The position in the path of the lambda that the run chose; 0 for a fit. */
  int chosen() {
    return files.json(
        fitFolder() + "summary.json",
        summary ->
            summary.isNull("lambdaIndex")
                ? 0
                : (int) summary.whole("lambdaIndex", 0, Integer.MAX_VALUE));
  }

  /**
   * The solutions, largest lambda first.
   *
   * @param program that of this run
   * @param same whether it is that of the earlier run too; else the weights are left behind
   */
  List<StoredSolution> solutions(SparkSession spark, Program program, boolean same) {
    double unit = program.lossScale();
    ConvexProgram convex = program.convex();
    List<Double> lambdas = lambdas(spark, "lambda");
    StoredBlocks stored =
        same
            ? blocks(spark, lambdas.size(), convex.patterns().count(), convex.problem().d())
            : StoredBlocks.NONE;
    List<StoredSolution> solutions = new ArrayList<>();
    for (int k = 0; k < lambdas.size(); k++) {
      solutions.add(new StoredSolution(k, lambdas.get(k) * unit, stored.at(k, convex)));
    }
    return solutions;
  }

  /** The nonzero blocks of its lambdas. */
  StoredBlocks blocks(SparkSession spark, int lambdas, int patterns, int d) {
    return isPath()
        ? StoredBlocks.ofPath(spark, files, lambdas, patterns, d)
        : StoredBlocks.ofFit(spark, files, patterns, d);
  }

  /**
   * A figure of every lambda, largest lambda first.
   *
   * @param key a column of path.csv, which summary.json of a fit has too
   */
  List<Double> lambdas(SparkSession spark, String key) {
    if (!isPath()) {
      double only = files.json("summary.json", summary -> summary.number(key, 0, true));
      return List.of(only);
    }
    StructType columns =
        new StructType().add("index", DataTypes.IntegerType).add(key, DataTypes.DoubleType);
    List<Double> lambdas = new ArrayList<>();
    StoredTable.open(spark, files, "path.parquet", columns)
        .each(
            null,
            row -> {
              row.whole("index", lambdas.size(), lambdas.size());
              return lambdas.add(row.positive(key));
            });
    if (lambdas.isEmpty()) {
      throw files.refusal("path.parquet has no rows", null);
    }
    return lambdas;
  }
}
