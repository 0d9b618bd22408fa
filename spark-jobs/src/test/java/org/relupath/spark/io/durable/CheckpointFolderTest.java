package org.relupath.spark.io.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that come one after the other to the same output folder, or that believe so. */
class CheckpointFolderTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private CheckpointFolder open(CheckpointFolder.Mode mode) {
    return CheckpointFolder.open(output().toString(), mode, List.of(), HADOOP);
  }

  private static void commit(OutputDirectory output) throws IOException {
    output.seal("", Map.of("command", "test"));
    output.commit();
  }

  private Path output() {
    return folder.resolve("out");
  }

  private Path unfinished() {
    return folder.resolve(".out.unfinished");
  }

  private List<String> results() throws IOException {
    try (Stream<Path> list = Files.list(unfinished())) {
      return list.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("result"))
          .toList();
    }
  }

  private List<String> written() throws IOException {
    try (Stream<Path> walk = Files.walk(output())) {
      return walk.filter(Files::isRegularFile)
          .map(file -> output().relativize(file).toString())
          .filter(name -> !name.equals("manifest.json"))
          .sorted()
          .toList();
    }
  }

  /** As after a pause that was longer than the term: whoever comes takes the holder for dead. */
  private void takeForDead(String lease) throws IOException {
    LeaseHolder own = LeaseHolder.here();
    LeaseHolder dead =
        new LeaseHolder(own.host(), own.pid(), own.user(), own.machine(), "12", own.since());
    Files.writeString(unfinished().resolve(lease), dead.json());
  }

  @Test
  void oneThatLostItsLeaseWritesNothingIntoTheResultOfItsSuccessor() throws IOException {
    CheckpointFolder first = open(CheckpointFolder.Mode.NEW);
    first.checkpoints("{}");
    OutputDirectory early = first.output();
    early.write("rows/part-1", "early");
    takeForDead("lease-1");
    try (CheckpointFolder second = open(CheckpointFolder.Mode.RESUME)) {
      assertThat(results()).isEmpty();
      OutputDirectory late = second.output();
      late.write("rows/part-2", "late");
      early.write("rows/part-3", "early");
      assertThatThrownBy(() -> commit(early)).hasMessageContaining("another process took over");
      early.close();
      first.close();
      assertThat(results()).hasSize(1);
      assertThat(second.unfinished()).isTrue();
      late.write("rows/part-4", "late");
      commit(late);
    }
    assertThat(written()).containsExactly("rows/part-2", "rows/part-4");
    assertThat(unfinished()).doesNotExist();
  }

  /** The way out of the first one is not in the way of the second. */
  @Test
  void oneThatLostItsLeaseForgetsNothingOfItsSuccessor() throws IOException {
    try (CheckpointFolder first = open(CheckpointFolder.Mode.NEW)) {
      first.checkpoints("{}").write("one", "piece");
      takeForDead("lease-1");
      try (CheckpointFolder second = open(CheckpointFolder.Mode.RESUME)) {
        assertThatThrownBy(first::discard).hasMessageContaining("another process took over");
        assertThat(second.unfinished()).isTrue();
        List<String> kept = new ArrayList<>();
        second.checkpoints("{}").read((id, text) -> kept.add(id + " " + text));
        assertThat(kept).containsExactly("one piece");
        second.discard();
      }
    }
    assertThat(unfinished()).doesNotExist();
  }

  /** Leaves an unfinished work, and what may be its output. */
  private void leave(CheckpointFolder.Mode mode) throws IOException {
    if (mode == CheckpointFolder.Mode.OVERWRITE) {
      result();
    }
    try (CheckpointFolder first = open(mode)) {
      first.checkpoints("{}");
    }
    if (mode != CheckpointFolder.Mode.OVERWRITE) {
      Path unfinished = Files.move(unfinished(), folder.resolve("aside"));
      result();
      Files.move(unfinished, unfinished());
    }
  }

  private void result() throws IOException {
    try (OutputDirectory earlier =
        OutputDirectory.create(output().toString(), false, List.of(), HADOOP)) {
      earlier.write("old", "old");
      commit(earlier);
    }
  }

  /** A run that is refused before it begins work leaves the work of others. */
  @Test
  void startingAnewForgetsNothingUntilItBegins() throws IOException {
    try (CheckpointFolder first = open(CheckpointFolder.Mode.NEW)) {
      first.checkpoints("{}").write("one", "piece");
    }
    open(CheckpointFolder.Mode.OVERWRITE).close();
    try (CheckpointFolder next = open(CheckpointFolder.Mode.RESUME)) {
      assertThat(next.unfinished()).isTrue();
      List<String> kept = new ArrayList<>();
      next.checkpoints("{}").read((id, text) -> kept.add(id + " " + text));
      assertThat(kept).containsExactly("one piece");
    }
    try (CheckpointFolder anew = open(CheckpointFolder.Mode.OVERWRITE)) {
      assertThat(anew.unfinished()).isFalse();
      anew.checkpoints("{}").read((id, text) -> assertThat(id).isEmpty());
    }
  }

  @Test
  void anOutputThatWasToBeReplacedIsReplacedByWhoGoesOn() throws IOException {
    leave(CheckpointFolder.Mode.OVERWRITE);
    for (String last : List.of("again", "whole")) {
      try (CheckpointFolder next = open(CheckpointFolder.Mode.RESUME)) {
        assertThat(next.unfinished()).isTrue();
        assertThat(next.finished()).isFalse();
        try (OutputDirectory output = next.output()) {
          output.write("new", last);
          if (last.equals("whole")) {
            commit(output);
          }
        }
      }
    }
    assertThat(written()).containsExactly("new");
    assertThat(unfinished()).doesNotExist();
  }

  @Test
  void anOutputThatNobodyAskedToReplaceStays() throws IOException {
    leave(CheckpointFolder.Mode.NEW);
    try (CheckpointFolder next = open(CheckpointFolder.Mode.RESUME)) {
      assertThat(next.unfinished()).isTrue();
      assertThat(next.finished()).isTrue();
      assertThatThrownBy(next::output)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("exists");
      next.discard();
    }
    assertThat(written()).containsExactly("old");
    assertThat(unfinished()).doesNotExist();
  }

  /** The permission ends with the work that had it. */
  @Test
  void whatBeginsAnewReplacesNothing() throws IOException {
    leave(CheckpointFolder.Mode.OVERWRITE);
    Files.delete(unfinished().resolve("study.json"));
    try (CheckpointFolder next = open(CheckpointFolder.Mode.RESUME)) {
      assertThat(next.unfinished()).isFalse();
      assertThat(next.finished()).isTrue();
    }
    assertThat(written()).containsExactly("old");
  }
}
