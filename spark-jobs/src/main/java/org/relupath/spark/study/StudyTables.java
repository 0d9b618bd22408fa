package org.relupath.spark.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Label;
import org.relupath.core.solve.Status;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.study.unit.NetworkUnit;
import org.relupath.spark.study.unit.PathUnit;
import org.relupath.spark.study.unit.StudyKey;

/**
 * The tables of a study.
 *
 * @param files what they are made of
 */
record StudyTables(StudyFiles files) {
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
      int testRows,
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

  /** Writes all tables. */
  void write(SparkSession spark, OutputDirectory output) throws IOException {
    writeResults(spark, output);
    new RecordTable<>(UnitRow.class, unitRows()).write(spark, output, "units");
    new RecordTable<>(Aggregate.class, Aggregate.all(files.paths()))
        .write(spark, output, "aggregates");
    new RecordTable<>(StudyChoice.class, files.choices()).write(spark, output, "choices");
    new RecordTable<>(NetworkRow.class, networkRows()).writeParquet(spark, output, "networks");
    for (int i = 0; i < files.networks().size(); i++) {
      output.write(
          StudyFiles.folder(files.networks().get(i)) + "network.json",
          files.fits().get(i).network());
    }
  }

  private void writeResults(SparkSession spark, OutputDirectory output) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (StudyPaths study : files.paths()) {
      for (StudyPaths.One path : study.paths()) {
        for (int k = 0; k < path.rows().size(); k++) {
          rows.add(RowFactory.create(cells(study.key(), path, k)));
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
        .add(StudyMeasure.TEST_MSE.label(), DataTypes.DoubleType)
        .add(StudyMeasure.TEST_ACCURACY.label(), DataTypes.DoubleType)
        .add("dataset", DataTypes.StringType, false)
        .add("model", DataTypes.StringType, false);
  }

  private static Object[] cells(StudyKey key, StudyPaths.One path, int index) {
    List<Object> cells = new ArrayList<>(List.of(key.gates(), path.seed(), path.fold()));
    List<Object> own = new ArrayList<>(Arrays.asList(RecordTable.cells(path.rows().get(index))));
    own.remove(PathRow.COLUMNS.indexOf(SECONDS));
    cells.addAll(own);
    cells.add(path.value(StudyMeasure.TEST_MSE, index));
    cells.add(path.value(StudyMeasure.TEST_ACCURACY, index));
    cells.add(key.dataSet());
    cells.add(Label.of(key.model()));
    return cells.toArray();
  }

  private List<UnitRow> unitRows() {
    List<UnitRow> rows = new ArrayList<>();
    for (int i = 0; i < files.units().size(); i++) {
      PathUnit unit = files.units().get(i);
      PathUnit.Result result = files.results().get(i);
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
              result.testRows(),
              result.columns(),
              result.patterns(),
              result.lambdaMax(),
              result.gatherSeconds() + result.rows().stream().mapToDouble(PathRow::seconds).sum()));
    }
    return rows;
  }

  private List<NetworkRow> networkRows() {
    List<NetworkRow> rows = new ArrayList<>();
    for (int i = 0; i < files.networks().size(); i++) {
      NetworkUnit unit = files.networks().get(i);
      PathRow fit = files.fits().get(i).row();
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
              files.fits().get(i).network()));
    }
    return rows;
  }
}
