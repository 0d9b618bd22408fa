package org.relupath.spark.earlier;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.data.RowData;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.program.WarmStart;

/**
 * The solutions of the run that {@code --warm-start} names.
 *
 * @param outputs for each output those of its run alone
 * @param origin what a manifest says of them; empty without the option
 */
public record WarmStarts(List<WarmStart> outputs, Map<String, Object> origin) {
  private static final String OPTION = "--warm-start";

  /**
   * Reads them, or none where the option is not given.
   *
   * @throws BadInputException where outputs are others, or solves cannot start from them
   */
  public static WarmStarts of(Workspace workspace) {
    JobContext context = workspace.context();
    return of(workspace.spark(), workspace.rows(), context.settings(), context.hadoop());
  }

  /**
   * Reads those that settings name, or none where they name no folder.
   *
   * @param rows to be fitted
   * @throws BadInputException where outputs are others, or solves cannot start from them
   */
  public static WarmStarts of(
      SparkSession spark, RunRows rows, RunSettings settings, Configuration hadoop) {
    int count = rows instanceof OutputRows several ? several.outputs().size() : 1;
    String folder = settings.network().warmStart();
    if (folder == null) {
      return new WarmStarts(Collections.nCopies(count, WarmStart.NONE), Map.of());
    }
    if (settings.solver().method() == SolverSettings.Method.CONE_DECOMPOSITION) {
      throw new BadInputException(OPTION + ": with --solver cone-decomposition, expected newton");
    }
    if (rows instanceof RowData) {
      throw new BadInputException(OPTION + ": with engine rows, expected another engine");
    }
    List<WarmStart> starts = new ArrayList<>();
    for (String one : folders(folder, rows, settings.data().label(), hadoop)) {
      starts.add(read(spark, RunFolder.open(OPTION, one, hadoop), OPTION + " " + one));
    }
    return new WarmStarts(starts, origin(folder, hadoop));
  }

  /**
   * What a manifest says of the solutions of a folder: where it is, and its hash.
   *
   * @param folder null for none, of which it says nothing
   * @throws BadInputException if it is not the folder of a run
   */
  public static Map<String, Object> origin(String folder, Configuration hadoop) {
    Map<String, Object> origin = new LinkedHashMap<>();
    if (folder != null) {
      origin.put("warmStart", Manifest.absolute(hadoop, folder));
      RunFiles files = RunFiles.open(OPTION, folder, hadoop);
      origin.put("warmStartHash", files.<String>manifest(manifest -> manifest.text("hash")));
    }
    return origin;
  }

  /** The folder of each output, of the same outputs. */
  private static List<String> folders(
      String folder, RunRows rows, String label, Configuration hadoop) {
    OutputFolders several = OutputFolders.of(OPTION, folder, hadoop);
    List<String> own = rows instanceof OutputRows outputs ? outputs.names() : List.of(label);
    List<String> earlier =
        several != null
            ? several.names()
            : List.of(
                RunFiles.open(OPTION, folder, hadoop)
                    .<String>manifest(manifest -> manifest.text("label")));
    if (!own.equals(earlier)) {
      throw new BadInputException(
          "%s %s: has the outputs %s, expected %s"
              .formatted(OPTION, folder, Columns.shown(earlier), Columns.shown(own)));
    }
    return several == null
        ? List.of(folder)
        : several.folders().stream().map(one -> folder + "/" + one).toList();
  }

  private static WarmStart read(SparkSession spark, RunFolder run, String named) {
    RunFiles files = run.files();
    String name = run.fitFolder() + "network.json";
    if (!(files.checked(name, () -> NetworkFile.readStored(files.text(name)))
            instanceof Network network)
        || network.preprocessing() == null) {
      throw files.refusal(name + " is not a network of one output that was trained here", null);
    }
    Preprocessing preprocessing = network.preprocessing();
    int d = preprocessing.dimension();
    Matrix gates = run.gates(spark, d);
    List<double[]> vectors = IntStream.range(0, gates.rows()).mapToObj(gates::row).toList();
    List<Double> ratios = run.lambdas(spark, "lambdaRatio");
    StoredBlocks blocks = run.blocks(spark, ratios.size(), gates.rows(), d);
    List<WarmStart.Solution> solutions = new ArrayList<>();
    for (int k = 0; k < ratios.size(); k++) {
      List<WarmStart.GateBlock> own =
          blocks.at(k).stream()
              .map(
                  one ->
                      new WarmStart.GateBlock(
                          vectors.get(one.pattern()), one.sign(), one.weights()))
              .toList();
      solutions.add(new WarmStart.Solution(ratios.get(k), own));
    }
    List<String> columns = preprocessing.preparation().names(network.inputs());
    return new WarmStart(named, network.model(), columns, preprocessing, solutions);
  }
}
