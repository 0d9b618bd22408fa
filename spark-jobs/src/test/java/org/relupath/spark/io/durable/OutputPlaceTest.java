package org.relupath.spark.io.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.FaultyFileSystem;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.ReadPath;

/** Folders that must not become an output, by whatever name they are reached. */
class OutputPlaceTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.toRealPath();
    Files.createDirectories(folder.resolve("data/parts"));
    Files.writeString(folder.resolve("data/rows.csv"), "a,label\n");
    Files.writeString(folder.resolve("data/parts/one.csv"), "a,label\n");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));
    Files.createSymbolicLink(folder.resolve("rows"), Path.of("data/rows.csv"));
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("sub/up"), Path.of("../data"));
  }

  private OutputPlace place(String output, String read) {
    ReadPath input = new ReadPath("--input", read.isEmpty() ? "elsewhere.csv" : at(read));
    return OutputPlace.of(at(output), List.of(input), HADOOP);
  }

  private String at(String path) {
    return path.startsWith("file:")
        ? "file:" + folder.resolve(path.substring(5))
        : folder + "/" + path;
  }

  @Test
  void whatIsReadIsNotReplacedByAnyName() {
    String[][] cases = {
      {"data", "data/rows.csv"},
      {"data", "link/rows.csv"},
      {"data", "rows"},
      {"data", "sub/up/rows.csv"},
      {"data", "data/parts"},
      {"data", "data/../data/rows.csv"},
      {"data/", "file:data/rows.csv"},
      {"file:data", "rows"},
      {"link", "data/rows.csv"},
      {"sub/up", "data/rows.csv"},
      {"sub", "sub/up/rows.csv"},
      {"sub/../data", "rows"},
      {"data/new", "data/new/rows-to-come.csv"},
      {"data", "data/absent/rows.csv"},
    };
    for (String[] one : cases) {
      assertThatThrownBy(() -> place(one[0], one[1]))
          .as(String.join(" ", one))
          .isInstanceOf(BadInputException.class)
          .hasMessage(
              "--output %s would replace --input %s, expected another", at(one[0]), at(one[1]));
    }
  }

  @Test
  void nothingIsWrittenIntoWhatIsRead() {
    for (String output : List.of("data/parts/out", "link/parts/out", "sub/up/parts/a/b")) {
      assertThatThrownBy(() -> place(output, "data/parts"))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("lies inside --input " + at("data/parts"));
    }
  }

  @Test
  void neighboursAreInNobodysWay() throws IOException {
    assertThat(place("data/parts-out", "data/parts").text()).isEqualTo(at("data/parts-out"));
    assertThat(place("data/out", "data/rows.csv").text()).isEqualTo(at("data/out"));
    assertThat(place("out", "data").text()).isEqualTo(at("out"));
    // A link to a folder stands for that folder, wherever in the path it is.
    assertThat(place("link/out", "").text()).isEqualTo(at("data/out"));
    assertThat(place("sub/up", "").text()).isEqualTo(at("data"));
  }

  @Test
  void linksThatLeadNowhereAreRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nowhere"));
    assertThatThrownBy(() -> place("gone", ""))
        .hasMessageContaining("is a symbolic link to " + at("nowhere") + ", which is not there");
    Files.createSymbolicLink(folder.resolve("round"), folder.resolve("round"));
    assertThatThrownBy(() -> place("round", ""))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("too many symbolic links");
  }

  @Test
  void placesOfEverybodyAreRefused() throws IOException {
    refused("/", "the root cannot be an output folder");
    refused(System.getProperty("user.home"), "the home folder");
    refused(Path.of(System.getProperty("user.home")).getParent().toString(), "");
    refused(".", "is, or holds, the current folder");
    refused("..", "is, or holds, the current folder");
    refused("/proc", "is a mount point");
    Path here = Files.createSymbolicLink(folder.resolve("here"), Path.of("").toAbsolutePath());
    refused(here.toString(), "is, or holds, the current folder");
  }

  private static void refused(String output, String problem) {
    assertThatThrownBy(() -> OutputPlace.of(output, List.of(), HADOOP))
        .as(output)
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--output " + output)
        .hasMessageContaining(problem);
  }

  /** Rows on one file system and results on another are in nobody's way. */
  @Test
  void whatIsReadMayBeOnAnotherFileSystem() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    String other = "faulty:" + folder.resolve("data");
    List<ReadPath> here = List.of(new ReadPath("--input", at("data/rows.csv")));
    assertThat(OutputPlace.of(other, here, hadoop).text()).isEqualTo("faulty:" + at("data"));
    List<ReadPath> there = List.of(new ReadPath("--input", other + "/rows.csv"));
    assertThatThrownBy(() -> OutputPlace.of(other, there, hadoop))
        .hasMessageContaining("would replace --input");
    List<ReadPath> parts = List.of(new ReadPath("--input", other + "/parts"));
    assertThatThrownBy(() -> OutputPlace.of(other + "/parts/out", parts, hadoop))
        .hasMessageContaining("lies inside --input");
  }
}
