package org.relupath.spark.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.FaultyFileSystem;

class OutputDirectoryTest {
  private static final Configuration HADOOP = new Configuration();
  @TempDir Path folder;

  private static OutputDirectory create(Path path, boolean overwrite) {
    return OutputDirectory.create(path.toString(), overwrite, HADOOP);
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
      output.commit();
    }
    assertThat(target.resolve("a/b.txt")).hasContent("text");
    assertThat(entries(target)).isEqualTo(1);
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
      output.commit();
    }
    assertThat(target.resolve("a").toFile().list()).containsExactly("part.parquet");
  }

  /** Rows on one file system and results on another are in nobody's way. */
  @Test
  void whatIsReadMayBeOnAnotherFileSystem() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    String rows = folder.resolve("out/rows.csv").toString();
    OutputDirectory.refuseReplacing("faulty:" + folder.resolve("out"), "--input", rows, hadoop);
    String here = folder.resolve("out").toString();
    assertThatThrownBy(() -> OutputDirectory.refuseReplacing(here, "--input", rows, hadoop))
        .hasMessageContaining("would replace --input");
  }

  @Test
  void anExistingFolderIsRefusedOrReplaced() throws IOException {
    Path target = Files.createDirectory(folder.resolve("result"));
    Files.writeString(target.resolve("old.txt"), "old");
    assertThatThrownBy(() -> create(target, false))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("exists");
    try (OutputDirectory output = create(target, true)) {
      output.write("new.txt", "new");
      assertThat(target.resolve("old.txt")).exists();
      output.commit();
    }
    assertThat(target.resolve("old.txt")).doesNotExist();
    assertThat(target.resolve("new.txt")).hasContent("new");
    assertThat(entries(folder)).isEqualTo(1);
  }

  /** It may be another run's. */
  @Test
  void aFolderAsideThatIsThereIsLeftAlone() throws IOException {
    Path aside = Files.createDirectory(folder.resolve("aside"));
    Files.writeString(aside.resolve("part.txt"), "part");
    org.apache.hadoop.fs.Path there = new org.apache.hadoop.fs.Path(aside.toString());
    String target = folder.resolve("result").toString();
    assertThatThrownBy(() -> OutputDirectory.create(target, false, there, HADOOP))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("aside is there already");
    assertThat(aside.resolve("part.txt")).hasContent("part");
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
