package org.relupath.spark.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;
import org.relupath.spark.engine.TaskFailure;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Umask;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * The Spark session of a run: the one that exists, or one started here. Master and memory are
 * spark-submit's business; only a session started here is stopped.
 */
public final class Session implements AutoCloseable {
  private final SparkSession spark;
  private final boolean ours;
  private final ExecutorWatch watch;

  private Session(SparkSession spark, boolean ours, ExecutorWatch watch) {
    this.spark = spark;
    this.ours = ours;
    this.watch = watch;
  }

  /**
   * Finds or starts a session.
   *
   * @throws BadInputException where Spark cannot start with the settings it was given
   * @throws IllegalStateException where no master answers
   */
  public static Session open(JobContext context) {
    boolean exists =
        SparkSession.getActiveSession().isDefined() || SparkSession.getDefaultSession().isDefined();
    SparkSession.Builder builder = SparkSession.builder().appName("relupath " + context.command());
    SparkSession spark = exists ? builder.getOrCreate() : start(builder);
    Session session =
        new Session(spark, !exists, ExecutorWatch.over(spark.sparkContext(), context));
    session.closeEventLog();
    return session;
  }

  private static SparkSession start(SparkSession.Builder builder) {
    SparkConf conf = new SparkConf();
    StandaloneMaster.reach(conf.get("spark.master", "local"));
    checkLocalFolders(conf);
    String secret = System.getenv("RELUPATH_SECRET");
    if (secret != null) {
      // The launcher read it from a file that is the user's alone; command lines are everybody's.
      builder.config("spark.authenticate", true).config("spark.authenticate.secret", secret);
    }
    String umask = Umask.forHadoop(SparkHadoopUtil.get().newConfiguration(conf));
    if (umask != null) {
      builder.config("spark.hadoop." + Umask.KEY, umask);
    }
    try {
      return builder.getOrCreate();
    } catch (Exception e) {
      if (ShutdownHookManager.get().isShutdownInProgress()) {
        throw e;
      }
      String reason = TaskFailure.reason(e);
      if (reason.contains("stopped SparkContext")) {
        // Spark gave up: what listens there lets this driver not in.
        reason =
            "%s takes no driver of Spark %s, or not without its secret (spark.authenticate)"
                .formatted(
                    conf.get("spark.master", "local"),
                    org.apache.spark.package$.MODULE$.SPARK_VERSION());
      }
      throw new BadInputException("Spark cannot be started: " + reason, e);
    }
  }

  /** Spark ends the process where it can make none of them. */
  private static void checkLocalFolders(SparkConf conf) {
    List<String> folders = Arrays.asList(Utils.getConfiguredLocalDirs(conf));
    if (folders.stream().map(File::new).noneMatch(Session::isWritable)) {
      throw new BadInputException(
          "Spark's temporary files: "
              + String.join(", ", folders)
              + " cannot be written, expected a folder in SPARK_LOCAL_DIRS or spark.local.dir");
    }
  }

  private static boolean isWritable(File folder) {
    return (folder.isDirectory() || folder.mkdirs()) && folder.canWrite();
  }

  /** Spark lets a group write the event log, whatever the umask says. */
  private void closeEventLog() {
    Option<URI> folder = spark.sparkContext().eventLogDir();
    if (!ours || folder.isEmpty() || !"file".equals(folder.get().getScheme())) {
      return;
    }
    String id = spark.sparkContext().applicationId();
    try {
      try (Stream<Path> logs = Files.list(Path.of(folder.get()))) {
        for (Path log : logs.filter(one -> one.getFileName().toString().contains(id)).toList()) {
          Umask.apply(log);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LoggerFactory.getLogger(Session.class).warn("the event log keeps its permissions", e);
    }
  }

  /** The session. */
  public SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    watch.close();
    if (ours) {
      spark.stop();
      closeEventLog();
    }
  }
}
