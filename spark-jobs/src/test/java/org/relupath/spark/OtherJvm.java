package org.relupath.spark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts JVMs of this one's kind: the same Java, options and class path. */
public final class OtherJvm {
  private OtherJvm() {}

  /** The tests' class path. */
  public static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** Options of this JVM that another one of its kind needs: opened packages, the BLAS. */
  public static Stream<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(one -> one.startsWith("--add") || one.startsWith("-D") || one.startsWith("-XX"));
  }

  /**
   * Starts one.
   *
   * @param log where its output goes
   * @param environment added to this process's own
   * @param classPath of its classes
   * @param options after those of this JVM
   * @param main the class to run
   * @param args its arguments
   */
  public static Process start(
      File log,
      Map<String, String> environment,
      String classPath,
      List<String> options,
      String main,
      List<String> args)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(classPath, options, main, args))
            .directory(log.getParentFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The command that starts one, for a shell to start. */
  public static List<String> command(
      String classPath, List<String> options, String main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    options().forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(args);
    return command;
  }
}
