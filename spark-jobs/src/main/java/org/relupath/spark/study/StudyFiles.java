package org.relupath.spark.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Label;
import org.relupath.core.solve.Status;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.result.GridEdge;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Versions;

/**
 * The files of a finished study.
 *
 * @param settings what was asked
 * @param units the work, in order
 * @param results what came of each unit
 * @param paths the results of all units of a path, put together
 * @param choices what every rule chooses
 * @param networks the chosen networks' units
 * @param fits what came of each of them
 */
public record StudyFiles(
    StudySettings settings,
    List<PathUnit> units,
    List<PathUnit.Result> results,
    List<StudyPaths> paths,
    List<StudyChoice> choices,
    List<NetworkUnit> networks,
    List<NetworkUnit.Result> fits) {

  /** Columns of a path's row that a study leaves out: times have a table of their own. */
  private static final String SECONDS = "seconds";

  /** A line of units.csv: what was solved, and how long it took. */
  private record UnitRow(
      String dataset,
      String model,
      int gates,
      long seed,
      int fold,
      int segment,
      int trainRows,
      int validRows,
      int columns,
      int distinctPatterns,
      double lambdaMax,
      double seconds) {}

  /** A line of networks.parquet. */
  private record NetworkRow(
      String dataset,
      String model,
      int gates,
      long seed,
      double lambdaRatio,
      double lambda,
      double objective,
      double dualObjective,
      double relativeGap,
      int neurons,
      Double trainMse,
      Double trainAccuracy,
      Status status,
      String network) {}

  /** What falls short of optimal in rows and networks, in one line; null where nothing does. */
  public String shortfall() {
    long rows = pathRows().filter(open()).count();
    long own = fits.stream().map(NetworkUnit.Result::row).filter(open()).count();
    return rows + own == 0
        ? null
        : String.format(
            Locale.ROOT,
            "%d of %d rows and %d of %d networks are not optimal (column status of results), the"
                + " largest relative gap is %.1e, asked for %s",
            rows,
            rows(),
            own,
            fits.size(),
            worstGap(),
            settings.grid().limits().tolerance());
  }

  private static Predicate<PathRow> open() {
    return row -> row.status() != Status.OPTIMAL;
  }

  /** How many rows miss the tolerance. */
  long missed() {
    double tolerance = settings.grid().limits().tolerance();
    return pathRows().filter(row -> !(row.relativeGap() <= tolerance)).count();
  }

  /** The largest relative gap of all rows and networks. */
  public double worstGap() {
    return Stream.concat(pathRows(), fits.stream().map(NetworkUnit.Result::row))
        .mapToDouble(PathRow::relativeGap)
        .max()
        .orElse(0);
  }

  private Stream<PathRow> pathRows() {
    return results.stream().flatMap(result -> result.rows().stream());
  }

  /** How many rows the results have. */
  public long rows() {
    return pathRows().count();
  }

  /** Writes all tables. */
  public void write(SparkSession spark, OutputDirectory output) throws IOException {
    writeResults(spark, output);
    new RecordTable<>(UnitRow.class, unitRows()).write(spark, output, "units");
    new RecordTable<>(Aggregate.class, Aggregate.all(paths)).write(spark, output, "aggregates");
    new RecordTable<>(StudyChoice.class, choices).write(spark, output, "choices");
    new RecordTable<>(NetworkRow.class, networkRows()).writeParquet(spark, output, "networks");
    for (int i = 0; i < networks.size(); i++) {
      output.write(folder(networks.get(i)) + "network.json", fits.get(i).network());
    }
  }

  /** The folder of a chosen network, with its slash. */
  public static String folder(NetworkUnit unit) {
    return "networks/" + unit.key().dataSet() + "/" + Label.of(unit.key().model()) + "/";
  }

  private void writeResults(SparkSession spark, OutputDirectory output) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (StudyPaths study : paths) {
      for (StudyPaths.One path : study.paths()) {
        for (PathRow row : path.rows()) {
          rows.add(RowFactory.create(cells(study.key(), path, row)));
        }
      }
    }
    // One task and this order make one file for each key, always with the same rows in it.
    output.writing(
        () ->
            spark
                .createDataFrame(rows, schema())
                .coalesce(1)
                .sortWithinPartitions("dataset", "model", "gates", "seed", "fold", "index")
                .write()
                .partitionBy("dataset", "model")
                .parquet(output.path("results")));
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add("gates", DataTypes.IntegerType, false)
            .add("seed", DataTypes.LongType, false)
            .add("fold", DataTypes.IntegerType, false);
    for (StructField field : RecordTable.schema(PathRow.class).fields()) {
      schema = field.name().equals(SECONDS) ? schema : schema.add(field);
    }
    return schema
        .add("dataset", DataTypes.StringType, false)
        .add("model", DataTypes.StringType, false);
  }

  private static Object[] cells(StudyKey key, StudyPaths.One path, PathRow row) {
    List<Object> cells = new ArrayList<>(List.of(key.gates(), path.seed(), path.fold()));
    List<Object> own = new ArrayList<>(Arrays.asList(RecordTable.cells(row)));
    own.remove(PathRow.COLUMNS.indexOf(SECONDS));
    cells.addAll(own);
    cells.add(key.dataSet());
    cells.add(Label.of(key.model()));
    return cells.toArray();
  }

  private List<UnitRow> unitRows() {
    List<UnitRow> rows = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      PathUnit unit = units.get(i);
      PathUnit.Result result = results.get(i);
      rows.add(
          new UnitRow(
              unit.key().dataSet(),
              Label.of(unit.key().model()),
              unit.key().gates(),
              unit.seed(),
              unit.fold(),
              unit.segment(),
              result.trainRows(),
              result.validRows(),
              result.columns(),
              result.patterns(),
              result.lambdaMax(),
              result.rows().stream().mapToDouble(PathRow::seconds).sum()));
    }
    return rows;
  }

  private List<NetworkRow> networkRows() {
    List<NetworkRow> rows = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      NetworkUnit unit = networks.get(i);
      PathRow fit = fits.get(i).row();
      rows.add(
          new NetworkRow(
              unit.key().dataSet(),
              Label.of(unit.key().model()),
              unit.key().gates(),
              unit.seed(),
              unit.ratio(),
              fit.lambda(),
              fit.objective(),
              fit.dualObjective(),
              fit.relativeGap(),
              fit.neurons(),
              fit.trainMse(),
              fit.trainAccuracy(),
              fit.status(),
              fits.get(i).network()));
    }
    return rows;
  }

  /** What to be aware of in the choices: best lambdas at an end of their grid. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (StudyChoice choice : choices) {
      GridEdge edge = GridEdge.of(choice.index(), settings.grid().lambdas());
      if (choice.chosen() && edge != GridEdge.NONE) {
        String network = choice.dataset() + ", " + choice.model() + ": ";
        warnings.add(network + edge.warning(choice.lambdaRatio()));
      }
    }
    return warnings;
  }

  /** summary.json. */
  private record Summary(
      List<String> dataSets,
      List<String> models,
      List<Integer> gateCounts,
      List<Long> seeds,
      int folds,
      int lambdas,
      int units,
      long rows,
      double tolerance,
      double worstRelativeGap,
      String status,
      String statusReason,
      List<String> warnings,
      Map<String, String> versions,
      Map<String, Double> seconds) {}

  /** summary.json. */
  public String summary(Phases phases) {
    String shortfall = shortfall();
    return Json.pretty(
        new Summary(
            settings.dataSets().stream().map(StudyDataSet::name).toList(),
            settings.models().stream().map(Label::of).toList(),
            settings.gateCounts(),
            settings.seeds(),
            settings.grid().folds(),
            settings.grid().lambdas(),
            units.size(),
            rows(),
            settings.grid().limits().tolerance(),
            worstGap(),
            shortfall == null ? Status.OPTIMAL.label() : "not converged",
            shortfall,
            warnings(),
            Versions.all(),
            phases.seconds()));
  }
}
