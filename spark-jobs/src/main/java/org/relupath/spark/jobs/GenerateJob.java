package org.relupath.spark.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.Teacher;
import org.relupath.spark.config.GenerateSettings;
import org.relupath.spark.config.Values;
import org.relupath.spark.engine.SparkJob;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.rows.TableFormat;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Session;

/**
 * {@code generate}: synthetic rows with a known network behind them, written by executors. Rows and
 * files depend on the settings alone, never on partitions or executors.
 */
final class GenerateJob implements Job {
  /** Rows of a file at most. */
  private static final long FILE_ROWS = 1 << 17;

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    GenerateSettings settings = GenerateSettings.of(new Values(context.configuration()));
    Teacher teacher =
        Teacher.draw(context.settings().model().seed(), settings.features(), settings.neurons());
    try (OutputDirectory output = context.output();
        Session session = Session.open(context)) {
      context.progress().step("writing " + settings.rows() + " rows");
      String name = settings.format() == TableFormat.CSV ? "rows.csv" : "rows.parquet";
      output.writing(() -> write(session.spark(), settings, teacher, output.path(name)));
      output.write("teacher.json", NetworkFile.write(teacher.network()));
      String outcome =
          String.format(
              Locale.ROOT,
              "%d rows of %d features, a teacher of %d neurons, noise %s",
              settings.rows(),
              settings.features(),
              settings.neurons(),
              settings.noise());
      context.commit(
          output,
          Manifest.ofGenerated(context, teacher.inputs(), settings),
          List.of(outcome),
          List.of(name, "teacher.json"));
      return ExitStatus.DONE;
    }
  }

  private static void write(
      SparkSession session, GenerateSettings settings, Teacher teacher, String path) {
    StructType schema = new StructType();
    for (String input : teacher.inputs()) {
      schema = schema.add(input, DataTypes.DoubleType, false);
    }
    schema = schema.add(settings.label(), DataTypes.DoubleType, false);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    double noise = settings.noise();
    // A partition becomes a file, so their number depends on the rows alone.
    int files = Math.toIntExact((settings.rows() - 1) / FILE_ROWS + 1);
    try (SparkJob job = new SparkJob(spark, "writing " + settings.rows() + " rows")) {
      Broadcast<Teacher> sent = job.send(teacher);
      JavaRDD<Row> rows =
          session
              .range(0, settings.rows(), 1, files)
              .toJavaRDD()
              .map(
                  number ->
                      RowFactory.create(
                          Arrays.stream(sent.value().row(number, noise)).boxed().toArray()));
      DataFrameWriter<Row> writer = session.createDataFrame(rows, schema).write();
      if (settings.format() == TableFormat.CSV) {
        writer.option("header", true).csv(path);
      } else {
        writer.parquet(path);
      }
    }
  }
}
