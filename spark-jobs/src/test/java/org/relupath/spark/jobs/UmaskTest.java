package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.OtherJvm;

/** Who may read what a run leaves. */
class UmaskTest {
  @TempDir Path folder;

  @Test
  @Timeout(900)
  void filesGetThePermissionsThatTouchWouldGive() throws Exception {
    Path events = Files.createDirectory(folder.resolve("events"));
    Path out = folder.resolve("made/out");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 027; exec \"$@\"", "sh"));
    command.addAll(
        OtherJvm.command(
            OtherJvm.classPath(),
            List.of(
                "-Xmx512m",
                "-Dspark.master=local[1]",
                "-Dspark.ui.enabled=false",
                "-Dspark.eventLog.enabled=true",
                "-Dspark.eventLog.dir=file:" + events),
            Main.class.getName(),
            List.of(
                "generate", "--rows", "20", "--format", "parquet", "--output", out.toString())));
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    assertThat(builder.start().waitFor()).as(Files.readString(log)).isZero();
    try (Stream<Path> results = Files.walk(folder.resolve("made"));
        Stream<Path> logs = Files.walk(events)) {
      List<Path> all = Stream.concat(results, logs.skip(1)).toList();
      assertThat(all).hasSizeGreaterThan(8);
      for (Path one : all) {
        String expected = Files.isDirectory(one) ? "rwxr-x---" : "rw-r-----";
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
            .as(one.toString())
            .isEqualTo(expected);
      }
    }
  }
}
