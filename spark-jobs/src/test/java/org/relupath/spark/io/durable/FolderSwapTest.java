package org.relupath.spark.io.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.OtherJvm;

/** Runs that end at any step of putting their result in place. */
class FolderSwapTest {
  private static final Configuration HADOOP = new Configuration();
  private static final int SIGTERM_STATUS = 143;

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temporary.resolve("work"));
  }

  private static final class Stopped extends Error {}

  /** Moves that end the run before or after one of them. */
  private record Stopping(FolderMoves moves, int at, boolean after, int[] step)
      implements FolderMoves {
    private interface Step {
      void run() throws IOException;
    }

    private void run(Step move) throws IOException {
      boolean stops = step[0]++ == at;
      if (stops && !after) {
        throw new Stopped();
      }
      move.run();
      if (stops) {
        throw new Stopped();
      }
    }

    @Override
    public void move(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      run(() -> moves.move(from, to));
    }

    @Override
    public void delete(org.apache.hadoop.fs.Path folder) throws IOException {
      run(() -> moves.delete(folder));
    }
  }

  private Path target() {
    return folder.resolve("out");
  }

  private void result(String text) throws IOException {
    try (OutputDirectory output =
        OutputDirectory.create(target().toString(), true, List.of(), HADOOP)) {
      write(output, text);
    }
  }

  private static void write(OutputDirectory output, String text) throws IOException {
    output.write("deep/result.txt", text);
    output.seal("", Map.of("command", "test"));
    output.commit();
  }

  /** Ends a run at a step; false if it has fewer. Its lease is then that of a dead process. */
  private boolean end(int at, boolean after) throws IOException {
    OutputPlace place = OutputPlace.of(target().toString(), List.of(), HADOOP);
    FolderMoves moves = new Stopping(FolderMoves.of(place.fs()), at, after, new int[1]);
    OutputDirectory output = OutputDirectory.create(place, true, moves, HADOOP);
    if (catchThrowable(() -> write(output, "new")) == null) {
      output.close();
      return false;
    }
    LeaseHolder own = LeaseHolder.here();
    LeaseHolder dead =
        new LeaseHolder(own.host(), own.pid(), own.user(), own.machine(), "12", own.since());
    Files.writeString(folder.resolve(".out.unfinished/lease-1"), dead.json());
    return true;
  }

  private String left() throws IOException {
    if (!Files.exists(target())) {
      return "nothing";
    }
    RunFiles files = RunFiles.open("--run", target().toString(), HADOOP);
    files.requireWhole();
    return files.text("deep/result.txt");
  }

  private static void clear(Path path) throws IOException {
    if (Files.exists(path)) {
      org.apache.hadoop.fs.FileUtil.fullyDelete(path.toFile());
    }
  }

  @Test
  void whoeverEndsAtAStepLeavesOneWholeResult() throws IOException {
    for (boolean earlier : new boolean[] {false, true}) {
      TreeSet<String> seen = new TreeSet<>();
      for (boolean after : new boolean[] {false, true}) {
        int at = 0;
        while (true) {
          clear(target());
          if (earlier) {
            result("old");
          }
          if (!end(at, after)) {
            break;
          }
          String step = (after ? "after " : "before ") + at;
          // Whoever comes next puts it right, and does nothing more.
          OutputDirectory.create(target().toString(), true, List.of(), HADOOP).close();
          seen.add(left());
          assertThat(folder.toFile().list())
              .as(step)
              .containsExactly(left().equals("nothing") ? new String[0] : new String[] {"out"});
          at++;
        }
        assertThat(at).isEqualTo(earlier ? 4 : 1);
      }
      assertThat(seen).containsExactly("new", earlier ? "old" : "nothing");
    }
  }

  /** Also one that only reads, where it finds nothing under the name. */
  @Test
  void readersFindTheEarlierResult() throws IOException {
    result("old");
    assertThat(end(0, true)).isTrue();
    assertThat(target()).doesNotExist();
    assertThat(RunFiles.open("--run", target().toString(), HADOOP).text("deep/result.txt"))
        .isEqualTo("old");
    assertThat(folder.toFile().list()).containsExactly("out");
  }

  /** What is not of a run that is known to be dead is left alone. */
  @Test
  void othersHiddenFoldersStay() throws IOException {
    for (String name : List.of(".out.staging-mine", ".out.old-1", ".out.old-1-x", ".outer")) {
      Files.createDirectory(folder.resolve(name));
    }
    result("new");
    assertThat(folder.toFile().list()).hasSize(5);
  }

  private int end(String step, long stop, boolean kill) throws Exception {
    Path mark = temporary.resolve("mark");
    File log = temporary.resolve("log").toFile();
    Process process =
        OtherJvm.start(
            log,
            Map.of(),
            OtherJvm.classPath(),
            List.of("-Xmx256m"),
            CommitDriver.class.getName(),
            List.of(target().toString(), step, String.valueOf(stop), mark.toString()));
    try {
      while (!Files.exists(mark)) {
        assertThat(process.isAlive()).as(Files.readString(log.toPath())).isTrue();
        Thread.sleep(10);
      }
      if (!kill) {
        process.destroy();
      }
    } finally {
      if (kill) {
        process.destroyForcibly();
      }
      process.waitFor();
    }
    Files.delete(mark);
    return process.exitValue();
  }

  /** The way out waits for what is being moved, and takes nothing of it away. */
  @Test
  @Timeout(900)
  void aSignalLeavesAWholeResultOrNothing() throws Exception {
    assertThat(end("write", 600_000, false)).isEqualTo(SIGTERM_STATUS);
    assertThat(folder).isEmptyDirectory();
    assertThat(end("0", 2_000, false)).isEqualTo(SIGTERM_STATUS);
    assertWhole("new");
    // Between the two renames.
    assertThat(end("1", 2_000, false)).isEqualTo(SIGTERM_STATUS);
    assertWhole("new");
  }

  @Test
  @Timeout(900)
  void aKilledRunIsPutRightByTheNext() throws Exception {
    end("write", 600_000, true);
    assertThat(folder.toFile().list()).hasSize(2);
    result("old");
    assertThat(folder.toFile().list()).containsExactly("out");
    end("1", 600_000, true);
    assertThat(target()).doesNotExist();
    assertThat(RunFiles.open("--run", target().toString(), HADOOP).has("deep/result.txt")).isTrue();
    assertThat(folder.toFile().list()).containsExactly("out");
  }

  private void assertWhole(String text) throws IOException {
    assertThat(folder.toFile().list()).containsExactly("out");
    RunFiles files = RunFiles.open("--run", target().toString(), HADOOP);
    files.requireWhole();
    assertThat(files.text("result.txt")).isEqualTo(text);
  }
}
