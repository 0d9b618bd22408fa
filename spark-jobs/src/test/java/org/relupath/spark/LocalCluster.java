package org.relupath.spark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Spark standalone cluster on loopback: a master and workers of one core each, processes of the
 * test's own class path on ports that are free. Closing it ends them and what they started.
 */
public final class LocalCluster implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final Thread hook = new Thread(this::stop);
  private final String master;

  /**
   * Starts a master and workers.
   *
   * @param folder for logs and working folders
   * @param workers how many
   */
  public LocalCluster(Path folder, int workers) throws IOException, InterruptedException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("home/jars"));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      daemon("master", "master.Master", "--port", "0");
      master = said("master", MASTER).group(1);
      for (int i = 1; i <= workers; i++) {
        String work = folder.resolve("work-" + i).toString();
        daemon(
            "worker-" + i,
            "worker.Worker",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--work-dir",
            work,
            master);
      }
      for (int i = 1; i <= workers; i++) {
        said("worker-" + i, REGISTERED);
      }
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private void daemon(String name, String main, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
    args.addAll(List.of(more));
    // Without the tests' own logging settings: what a daemon says tells when it is up.
    String classPath =
        Arrays.stream(OtherJvm.classPath().split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    start(name, classPath, List.of("-Xmx256m"), "org.apache.spark.deploy." + main, args);
  }

  /**
   * Runs a class of the test class path as the driver of an application on this cluster.
   *
   * @param main the class
   * @param limit how long it may take
   * @param args its arguments
   * @return what it printed on standard output and error
   */
  public String run(Class<?> main, Duration limit, List<String> args)
      throws IOException, InterruptedException {
    return end(start(main, args), limit);
  }

  /** Starts such a driver; {@link #end} waits for it. */
  public Process start(Class<?> main, List<String> args) throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    option(options, "spark.master", master);
    option(options, "spark.driver.host", "127.0.0.1");
    option(options, "spark.executor.memory", "512m");
    option(options, "spark.executor.extraClassPath", OtherJvm.classPath());
    option(
        options,
        "spark.executor.extraJavaOptions",
        OtherJvm.options()
            .filter(one -> one.startsWith("-Ddev.ludovic"))
            .collect(Collectors.joining(" ")));
    option(options, "spark.scheduler.minRegisteredResourcesRatio", "1.0");
    option(options, "spark.ui.enabled", "false");
    return start("driver", OtherJvm.classPath(), options, main.getName(), args);
  }

  /**
   * Waits for a driver.
   *
   * @return what it printed on standard output and error
   */
  public String end(Process driver, Duration limit) throws IOException, InterruptedException {
    boolean ended = driver.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
    String log = log("driver");
    if (!ended || driver.exitValue() != 0) {
      throw new IllegalStateException(
          "the driver " + (ended ? "failed with " + driver.exitValue() : "hangs") + ": " + log);
    }
    return log;
  }

  /** Kills one of the workers, or else its executor alone; SIGKILL. */
  public void kill(int worker, boolean executorAlone) throws InterruptedException {
    Process process = processes.get(worker);
    List<ProcessHandle> ended =
        executorAlone ? process.descendants().toList() : List.of(process.toHandle());
    ended.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : ended) {
      one.onExit().join();
    }
  }

  private static void option(List<String> options, String key, String value) {
    options.add("-D" + key + "=" + value);
  }

  private Process start(
      String name, String classPath, List<String> options, String main, List<String> args)
      throws IOException {
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME",
            folder.resolve("home").toString(),
            "SPARK_SCALA_VERSION",
            "2.13",
            "SPARK_LOCAL_IP",
            "127.0.0.1",
            "SPARK_CONF_DIR",
            folder.toString());
    Process process =
        OtherJvm.start(
            folder.resolve(name + ".log").toFile(), environment, classPath, options, main, args);
    processes.add(process);
    return process;
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"), StandardCharsets.UTF_8);
  }

  private Matcher said(String name, Pattern pattern) throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    Process process = processes.get(processes.size() - 1);
    while (System.nanoTime() < end && process.isAlive()) {
      Matcher matcher = pattern.matcher(log(name));
      if (matcher.find()) {
        return matcher;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(name + " is not up: " + log(name));
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, the hook runs.
    }
  }

  private synchronized void stop() {
    List<ProcessHandle> ours = new ArrayList<>();
    for (Process process : processes) {
      process.descendants().forEach(ours::add);
      ours.add(process.toHandle());
    }
    ours.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : ours) {
      try {
        one.onExit().get(10, TimeUnit.SECONDS);
      } catch (Exception e) {
        one.destroyForcibly();
      }
    }
    processes.clear();
  }
}
