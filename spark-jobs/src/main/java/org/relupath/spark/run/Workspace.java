package org.relupath.spark.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.network.Network;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.TextOptions;
import org.relupath.spark.data.Gates;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.InputPath;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training job stands on: checked files, an output folder in the making, a session, and the
 * data. Opened in the order in which mistakes are cheapest to find.
 *
 * @param context of the job
 * @param directory the folder in the making; null where it and the session are others' to close
 * @param output where files go: that folder, or one in it for one of several outputs
 * @param session Spark
 * @param rows the rows, in memory or on executors
 * @param input where they can be read again
 * @param origin what manifests say of the run that this one started from; empty for none
 */
public record Workspace(
    JobContext context,
    OutputDirectory directory,
    ResultFolder output,
    Session session,
    RunRows rows,
    String input,
    Map<String, Object> origin)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);

  /**
   * Checks files, makes the output folder, starts Spark where it is not running, reads the rows:
   * into memory, or with engine rows to executors.
   */
  public static Workspace open(JobContext context) {
    return open(context, null);
  }

  /**
   * Opens rows that are taken for what those of an earlier run were.
   *
   * @param like a network of that run; null for rows that are taken for what they are
   * @see #open(JobContext)
   */
  public static Workspace open(JobContext context, Network like) {
    Configuration hadoop = context.hadoop();
    DataSettings data = context.settings().data();
    TrainingData.Sources sources = TrainingData.Sources.open(data, hadoop);
    TextOptions.refuseUnused(
        context.configuration(), sources.input(), sources.valid(), sources.test());
    Gates.check(context.settings().model(), hadoop);
    OutputDirectory output = context.output();
    return load(context, output, sources, data.input(), like);
  }

  /**
   * A workspace in an output folder that is there already.
   *
   * @param like a network of an earlier run; null for rows that are taken for what they are
   * @param into where files go
   * @param session Spark, which goes on after this
   */
  public static Workspace open(
      JobContext context, Network like, ResultFolder into, Session session) {
    Configuration hadoop = context.hadoop();
    DataSettings data = context.settings().data();
    TrainingData.Sources sources = TrainingData.Sources.open(data, hadoop);
    TextOptions.refuseUnused(
        context.configuration(), sources.input(), sources.valid(), sources.test());
    Gates.check(context.settings().model(), hadoop);
    RunRows rows = read(context, session, sources, like);
    return new Workspace(context, null, into, session, rows, data.input(), Map.of());
  }

  private static RunRows read(
      JobContext context, Session session, TrainingData.Sources sources, Network like) {
    RunRows rows = RunRows.load(session.spark(), sources, context.settings(), like);
    rows.notes().forEach(context.progress()::note);
    context.progress().ended("read");
    return rows;
  }

  /**
   * Makes the output folder and reads a data set that the application brings along, which becomes
   * data.csv of the output.
   */
  public static Workspace openBundled(JobContext context, String resource) throws IOException {
    Configuration hadoop = context.hadoop();
    Gates.check(context.settings().model(), hadoop);
    OutputDirectory output = context.output();
    try (InputStream in = Workspace.class.getClassLoader().getResourceAsStream(resource);
        OutputStream out = output.open("data.csv")) {
      in.transferTo(out);
    } catch (Throwable e) {
      output.close();
      throw e;
    }
    Source source = Source.open("--input", output.path("data.csv"), TableFormat.CSV, hadoop);
    TrainingData.Sources sources = new TrainingData.Sources(source, null, null);
    return load(context, output, sources, output.target() + "/data.csv", null);
  }

  private static Workspace load(
      JobContext context,
      OutputDirectory output,
      TrainingData.Sources sources,
      String input,
      Network like) {
    Session session = null;
    try {
      LOG.info("versions {}", Versions.all());
      context.progress().step("reading " + input);
      session = Session.open(context);
      RunRows rows = read(context, session, sources, like);
      return new Workspace(context, output, output, session, rows, input, Map.of());
    } catch (Throwable e) {
      output.close();
      if (session != null) {
        session.close();
      }
      throw e;
    }
  }

  /** The session. */
  public SparkSession spark() {
    return session.spark();
  }

  /**
   * The rows in memory.
   *
   * @throws ClassCastException with engine rows, whose rows are on executors
   */
  public TrainingData data() {
    return (TrainingData) rows;
  }

  /** What the data is called: the name of its file. */
  public String title() {
    return InputPath.lastName(input);
  }

  /**
   * The part of this one that is about one of its outputs; it is not closed.
   *
   * @param settings of this output, over those of the job
   * @param folder in the output folder
   * @param rows with the labels of this output
   */
  public Workspace inner(Map<String, Object> settings, String folder, RunRows rows) {
    return new Workspace(
        context.with(settings), directory, output.in(folder), session, rows, input, origin);
  }

  /** This one, whose manifests say what it started from; it is not closed. */
  public Workspace startedFrom(Map<String, Object> start) {
    return new Workspace(context, directory, output, session, rows, input, start);
  }

  private Map<String, Object> manifest() {
    Map<String, Object> manifest = Manifest.of(context, rows, input);
    manifest.putAll(origin);
    return manifest;
  }

  /** Ends a folder in the output folder: with its configuration and a manifest of its files. */
  public void seal() throws IOException {
    output.write("resolved.conf", context.configuration().render());
    output.seal("", manifest());
  }

  /**
   * Ends the folder with a manifest of the rows that were read: {@link JobContext#commit}.
   *
   * @param outcome one line for the user
   * @param files the files a user will look at first, by name in the folder
   */
  public void commit(String outcome, List<String> files) throws IOException {
    context.commit(directory, manifest(), List.of(outcome), files);
  }

  /**
   * Writes resolved.conf and manifest.json into a folder of the output that is complete but for
   * them.
   *
   * @param prefix the folder, with its slash
   * @param key a key that has another value there
   * @param value that value
   */
  public void writeProvenance(String prefix, String key, Object value) throws IOException {
    output.write(prefix + "resolved.conf", context.configuration().with(key, value).render());
    output.seal(prefix, manifest());
  }

  @Override
  public void close() {
    if (directory != null) {
      directory.close();
      session.close();
    }
  }
}
