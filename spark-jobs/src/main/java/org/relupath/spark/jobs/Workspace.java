package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.relupath.spark.io.OutputDirectory;

/**
 * What a training job stands on: checked files, an output folder in the making, a session, and the
 * data. Opened in the order in which mistakes are cheapest to tell.
 */
public final class Workspace implements AutoCloseable {
  private final JobContext context;
  private final OutputDirectory output;
  private final Session session;
  private final TrainingData data;

  private Workspace(
      JobContext context, OutputDirectory output, Session session, TrainingData data) {
    this.context = context;
    this.output = output;
    this.session = session;
    this.data = data;
  }

  /**
   * Checks files, makes the output folder, starts Spark where it is not running, reads the data.
   */
  public static Workspace open(JobContext context) {
    RunSettings settings = context.settings();
    Configuration hadoop = context.hadoop();
    TrainingData.Sources sources = TrainingData.Sources.open(settings.data(), hadoop);
    Gates.check(settings.model(), hadoop);
    OutputDirectory output =
        OutputDirectory.create(
            settings.output().directory(), settings.output().overwrite(), hadoop);
    Session session = null;
    try {
      context.progress().step("reading " + settings.data().input());
      session = Session.open(context.command());
      TrainingData data = TrainingData.load(session.spark(), sources, settings);
      return new Workspace(context, output, session, data);
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

  /** The rows. */
  public TrainingData data() {
    return data;
  }

  /** The folder in the making. */
  public OutputDirectory output() {
    return output;
  }

  /**
   * Writes resolved.conf, then manifest.json, and moves the folder in place; tells its name.
   *
   * @param files the files a user will look at first, by name in the folder
   */
  public void commit(List<String> files) throws IOException {
    output.write("resolved.conf", context.configuration().render());
    output.write("manifest.json", Manifest.of(context, data));
    output.commit();
    context.progress().finish();
    for (String file : files) {
      context.out().println(output.target() + "/" + file);
    }
    context.out().flush();
  }

  @Override
  public void close() {
    output.close();
    session.close();
  }
}
