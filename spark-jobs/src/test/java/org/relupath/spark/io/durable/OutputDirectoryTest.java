package org.relupath.spark.io.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.FaultyFileSystem;
import org.relupath.spark.io.BadInputException;

class OutputDirectoryTest {
  private static final Configuration HADOOP = new Configuration();
  @TempDir Path folder;

  private static OutputDirectory create(Path path, boolean overwrite) {
    return OutputDirectory.create(path.toString(), overwrite, List.of(), HADOOP);
  }

  private static void commit(OutputDirectory output) throws IOException {
    output.seal("", Map.of("command", "test"));
    output.commit();
  }

  /** Leaves a whole result of one file. */
  private static void result(Path target, String text) throws IOException {
    try (OutputDirectory output = create(target, true)) {
      output.write("result.txt", text);
      commit(output);
    }
  }

  private static void refused(Path target, boolean overwrite, String problem) {
    assertThatThrownBy(() -> create(target, overwrite))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--output " + target)
        .hasMessageContaining(problem);
  }

  private long entries(Path path) throws IOException {
    try (Stream<Path> list = Files.list(path)) {
      return list.count();
    }
  }

  @Test
  void appearsOnlyWhenCommitted() throws IOException {
    Path target = folder.resolve("made/up/result");
    try (OutputDirectory output = create(target, false)) {
      output.write("a/b.txt", "text");
      assertThat(target).doesNotExist();
      commit(output);
    }
    assertThat(target.resolve("a/b.txt")).hasContent("text");
    assertThat(target.toFile().list()).containsExactlyInAnyOrder("a", "manifest.json");
    assertThat(entries(target.getParent())).isEqualTo(1);
  }

  @Test
  void nothingStaysWithoutACommit() throws IOException {
    try (OutputDirectory output = create(folder.resolve("made/up/result"), false)) {
      output.write("a.txt", "text");
    }
    assertThat(entries(folder)).isZero();
  }

  @Test
  void aFolderWithOtherThingsIsLeftAlone() throws IOException {
    Files.createDirectory(folder.resolve("kept"));
    try (OutputDirectory output = create(folder.resolve("kept/new/result"), false)) {
      assertThat(output.target()).endsWith("kept/new/result");
    }
    assertThat(folder.resolve("kept")).isEmptyDirectory();
  }

  /** What executors in other processes leave beside their files. */
  @Test
  void checksumsDoNotStay() throws IOException {
    Path target = folder.resolve("result");
    try (OutputDirectory output = create(target, false)) {
      output.write("a/part.parquet", "rows");
      Files.writeString(Path.of(output.path("a").replaceFirst("^file:", ""), ".part.crc"), "sum");
      commit(output);
    }
    assertThat(target.resolve("a").toFile().list()).containsExactly("part.parquet");
  }

  @Test
  void anEarlierResultIsRefusedOrReplaced() throws IOException {
    Path target = folder.resolve("result");
    result(target, "old");
    refused(target, false, "exists, expected a new folder (--overwrite replaces it)");
    try (OutputDirectory output = create(target, true)) {
      output.write("new.txt", "new");
      assertThat(target.resolve("result.txt")).exists();
      commit(output);
    }
    assertThat(target.toFile().list()).containsExactlyInAnyOrder("new.txt", "manifest.json");
    assertThat(entries(folder)).isEqualTo(1);
  }

  /** Whatever else is there is not relupath's to remove. */
  @Test
  void onlyAnEarlierResultIsReplaced() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/.ssh"));
    Files.writeString(home.resolve("id"), "key");
    refused(folder.resolve("home"), true, "holds no manifest.json, --overwrite replaces only");
    Path added = folder.resolve("added");
    result(added, "old");
    Files.createDirectory(added.resolve("notes"));
    Files.writeString(added.resolve("notes/thesis.txt"), "precious");
    refused(added, true, "holds notes/thesis.txt, which is no part of the result");
    Path changed = folder.resolve("changed");
    result(changed, "old");
    Files.writeString(changed.resolve("result.txt"), "own");
    refused(changed, true, "holds result.txt, which is not as the run left it");
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("manifest.json"), "{\"name\": \"an extension\"}");
    refused(foreign, true, "manifest.json lacks format");
    Path earlier = Files.createDirectory(folder.resolve("earlier"));
    Files.writeString(
        earlier.resolve("manifest.json"),
        "{\"format\": \"relupath-manifest\", \"version\": 1, \"command\": \"fit\"}");
    refused(earlier, true, "manifest.json is of version 1, which lists no files");
    assertThat(entries(folder)).isEqualTo(5);
    result(Files.createDirectory(folder.resolve("empty")), "new");
    Path lacking = folder.resolve("lacking");
    result(lacking, "old");
    Files.delete(lacking.resolve("result.txt"));
    result(lacking, "new");
    assertThat(lacking.resolve("result.txt")).hasContent("new");
  }

  @Test
  void whatIsAddedWhileTheRunIsUnderWayIsKept() throws IOException {
    Path target = folder.resolve("result");
    result(target, "old");
    try (OutputDirectory output = create(target, true)) {
      output.write("new.txt", "new");
      Files.writeString(target.resolve("thesis.txt"), "precious");
      assertThatThrownBy(() -> commit(output))
          .hasToString(
              "--output "
                  + target
                  + ": holds thesis.txt, which is no part of the result, since the run began");
    }
    assertThat(target.resolve("thesis.txt")).hasContent("precious");
    assertThat(target.resolve("result.txt")).hasContent("old");
    assertThat(entries(folder)).isEqualTo(1);
  }

  @Test
  void anOutputThatAppearsMeanwhileIsKept() throws IOException {
    for (String kind : List.of("folder", "file", "link")) {
      Path target = folder.resolve(kind);
      try (OutputDirectory output = create(target, false)) {
        output.write("new.txt", "new");
        if (kind.equals("folder")) {
          Files.writeString(Files.createDirectory(target).resolve("thesis.txt"), "precious");
        } else if (kind.equals("file")) {
          Files.writeString(target, "precious");
        } else {
          Files.createSymbolicLink(target, folder.resolve("folder"));
        }
        assertThatThrownBy(() -> commit(output))
            .hasToString("--output " + target + ": appeared while the run was under way");
      }
      Path kept = kind.equals("file") ? target : target.resolve("thesis.txt");
      assertThat(kept).hasContent("precious");
    }
    assertThat(entries(folder)).isEqualTo(3);
  }

  @Test
  void oneRunAtATimeHasAName() throws IOException {
    Path target = folder.resolve("result");
    try (OutputDirectory first = create(target, false)) {
      long own = ProcessHandle.current().pid();
      refused(target, false, "another run is writing it: process " + own);
      refused(target, true, "another run is writing it: process " + own);
      first.write("result.txt", "first");
      commit(first);
    }
    assertThat(target.resolve("result.txt")).hasContent("first");
    assertThat(entries(folder)).isEqualTo(1);
  }

  @Test
  void aDiskThatIsFullIsNamed() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    String target = "faulty:" + folder.resolve("full");
    FaultyFileSystem.fail(path -> path.endsWith("rows.csv") ? FaultyFileSystem.FULL : path);
    try (OutputDirectory output = OutputDirectory.create(target, false, List.of(), hadoop)) {
      assertThatThrownBy(() -> output.write("rows.csv", "rows"))
          .hasToString(output.target() + " could not be written: No space left on device");
    } finally {
      FaultyFileSystem.fail(path -> path);
    }
    assertThat(entries(folder)).isZero();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> create(file.resolve("result"), false))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be written");
    assertThatThrownBy(() -> create(file, true))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is a file");
  }
}
