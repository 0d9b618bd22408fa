package org.relupath.spark.io.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One holder at a time, whatever became of the last one. */
class LeaseTest {
  private static final Lease.Terms SHORT =
      new Lease.Terms(Duration.ofMillis(40), Duration.ofMillis(600));

  /** So long that a test which waits for it never ends. */
  private static final Lease.Terms LONG =
      new Lease.Terms(Duration.ofMillis(40), Duration.ofHours(1));

  @TempDir java.nio.file.Path folder;
  private FileSystem fs;
  private Path path;

  @BeforeEach
  void open() throws IOException {
    path = new Path(folder.toUri());
    fs = AtomicFile.fileSystem(path, new Configuration());
  }

  private Lease take() throws IOException {
    return take(SHORT);
  }

  private Lease take(Lease.Terms terms) throws IOException {
    return Lease.take(fs, path, terms);
  }

  private List<String> files() throws IOException {
    try (Stream<java.nio.file.Path> list = Files.list(folder)) {
      return list.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** What another process would have left, with or without a heart that still beats. */
  private void leave(String name, LeaseHolder holder) throws IOException {
    Files.writeString(folder.resolve(name), holder.json());
    Files.writeString(folder.resolve(name + ".beat"), "1");
  }

  private static LeaseHolder elsewhere() {
    return new LeaseHolder("other", 4, "me", "another machine", "77", "2026-01-01T00:00:00Z");
  }

  private static LeaseHolder here(long pid, String started) {
    LeaseHolder own = LeaseHolder.here();
    return new LeaseHolder(own.host(), pid, own.user(), own.machine(), started, own.since());
  }

  @Test
  void aSecondHolderIsRefusedUntilTheFirstIsDone() throws IOException {
    try (Lease first = take()) {
      first.confirm();
      assertThatThrownBy(this::take)
          .isInstanceOf(Lease.HeldException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      first.confirm();
    }
    assertThat(files()).isEmpty();
    take().close();
    assertThat(files()).isEmpty();
  }

  /** Its number may be another process's by now: that is told by when it started. */
  @Test
  @Timeout(900)
  void aProcessOfThisMachineThatIsGoneIsKnownAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "100").start();
    String started = Files.readString(java.nio.file.Path.of("/proc/" + process.pid() + "/stat"));
    started = started.substring(started.lastIndexOf(')') + 2).split(" ")[19];
    leave("lease-1", here(process.pid(), started));
    assertThatThrownBy(() -> take(LONG)).hasMessageContaining("process " + process.pid());
    process.destroyForcibly().waitFor();
    take(LONG).close();
    leave("lease-1", here(ProcessHandle.current().pid(), "12"));
    take(LONG).close();
    assertThat(files()).isEmpty();
  }

  @Test
  void aProcessElsewhereIsDeadAfterATermWithoutItsHeart() throws IOException {
    leave("lease-3", elsewhere());
    long begin = System.nanoTime();
    try (Lease lease = take()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(SHORT.term());
      assertThat(files()).contains("lease-3", "lease-4");
      lease.confirm();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aProcessElsewhereWhoseHeartBeatsHoldsOn() throws Exception {
    leave("lease-1", elsewhere());
    Thread heart =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(50);
                  Files.writeString(folder.resolve("lease-1.beat"), "2");
                }
              } catch (InterruptedException | IOException e) {
                // The end of this heart.
              }
            });
    heart.start();
    try {
      assertThatThrownBy(() -> take(LONG)).hasMessageContaining("process 4 of me on other");
    } finally {
      heart.interrupt();
      heart.join();
    }
    assertThat(files()).containsExactly("lease-1", "lease-1.beat");
  }

  /** A file of no content is a holder that was interrupted, or has only just begun. */
  @Test
  void aHolderThatCannotBeReadIsWatchedToo() throws IOException {
    Files.writeString(folder.resolve("lease-1"), "");
    take().close();
    assertThat(files()).isEmpty();
  }

  /** As after a pause that was longer than the term. */
  @Test
  void oneThatWasTakenOverFindsOut() throws IOException {
    Lease lease = take();
    leave("lease-2", elsewhere());
    assertThatThrownBy(lease::confirm).hasMessageContaining("another process took over");
    assertThatThrownBy(lease::requireHeld).isInstanceOf(IllegalStateException.class);
    lease.close();
    assertThat(files()).containsExactly("lease-2", "lease-2.beat");
  }

  /** As after a pause in which the one that took over came to its end, and began again. */
  @Test
  void oneWhoseNumberIsAnothersFindsOut() throws IOException {
    Lease lease = take(LONG);
    leave("lease-1", elsewhere());
    assertThatThrownBy(lease::confirm).hasMessageContaining("another process took over");
    lease.close();
    assertThat(files()).containsExactly("lease-1", "lease-1.beat");
    assertThat(folder.resolve("lease-1")).hasContent(elsewhere().json());
  }

  /** The same, and its own number was not reached yet. */
  @Test
  void oneWhoseNumberIsAheadOfTheHoldersRemovesNothing() throws IOException {
    leave("lease-6", here(ProcessHandle.current().pid(), "12"));
    Lease lease = take(LONG);
    Files.delete(folder.resolve("lease-6"));
    Files.delete(folder.resolve("lease-7"));
    leave("lease-1", elsewhere());
    assertThatThrownBy(lease::confirm).hasMessageContaining("another process took over");
    lease.close();
    assertThat(files()).contains("lease-1", "lease-1.beat");
  }

  @Test
  void oneWhoseLeaseIsGoneFindsOut() throws IOException {
    Lease lease = take(LONG);
    Files.delete(folder.resolve("lease-1"));
    assertThatThrownBy(lease::confirm).hasMessageContaining("another process took over");
    lease.close();
  }

  /** A dead holder's number is a living one's when the file has been looked at so often. */
  @ParameterizedTest(name = "{0} times")
  @ValueSource(ints = {1, 2})
  void aLivingHolderIsNotTakenForADeadOneOfItsNumber(int looks) throws IOException {
    leave("lease-1", here(ProcessHandle.current().pid(), "12"));
    String living = LeaseHolder.here().json();
    AtomicInteger looked = new AtomicInteger();
    try (RawLocalFileSystem late =
        new RawLocalFileSystem() {
          @Override
          public FSDataInputStream open(Path file, int buffer) throws IOException {
            FSDataInputStream in = super.open(file, buffer);
            if (file.getName().equals("lease-1") && looked.incrementAndGet() == looks) {
              // Another file of that name: what was opened still reads the old one.
              Files.delete(folder.resolve("lease-1"));
              Files.writeString(folder.resolve("lease-1"), living);
            }
            return in;
          }
        }) {
      late.initialize(folder.toUri(), new Configuration());
      assertThatThrownBy(() -> Lease.take(late, path, LONG))
          .isInstanceOf(Lease.HeldException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    assertThat(files()).containsExactly("lease-1", "lease-1.beat");
  }

  @Test
  void ofManyAtOnceOneAtMostHoldsIt() throws Exception {
    for (int round = 0; round < 20; round++) {
      leave("lease-1", here(0, "1"));
      ExecutorService threads = Executors.newFixedThreadPool(6);
      List<Callable<Lease>> tries = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        tries.add(
            () -> {
              try {
                return take();
              } catch (Lease.HeldException e) {
                return null;
              }
            });
      }
      List<Lease> held = new ArrayList<>();
      for (Future<Lease> one : threads.invokeAll(tries)) {
        if (one.get() != null) {
          held.add(one.get());
        }
      }
      threads.shutdown();
      assertThat(held).as("round " + round).hasSizeLessThanOrEqualTo(1);
      held.forEach(Lease::close);
      // Whatever they did to each other, the next one alone gets it, and nothing stays.
      take().close();
      assertThat(files()).as("round " + round).isEmpty();
    }
  }
}
