package org.relupath.spark.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write into a folder, which one process has at a time.
 *
 * <p>The holder is whoever made the file {@code lease-K} with the largest K; making it succeeds for
 * one process only. While it lives it renews {@code lease-K.beat}. A holder is dead if it is a
 * process of this machine and user that is gone, or if it has not renewed for the whole term while
 * somebody watched; clocks of machines are never compared. Its successor makes lease-(K+1): nothing
 * of a holder that may still live is ever deleted, and one that comes back finds that it has lost.
 */
final class Lease implements AutoCloseable {
  /** How often a lease is renewed, and how long without that ends it. */
  record Terms(Duration beat, Duration term) {
    static final Terms USUAL = new Terms(Duration.ofSeconds(3), Duration.ofSeconds(30));
  }

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final String PREFIX = "lease-";
  private static final String BEAT = ".beat";
  private static final int HOOK_PRIORITY = 20;

  private final FileSystem fs;
  private final Path folder;
  private final int number;
  private final Terms terms;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lease");
            thread.setDaemon(true);
            return thread;
          });
  private final Runnable hook = this::release;
  private volatile long renewed = System.nanoTime();
  private volatile boolean lost;

  private Lease(FileSystem fs, Path folder, int number, Terms terms) {
    this.fs = fs;
    this.folder = folder;
    this.number = number;
    this.terms = terms;
  }

  /**
   * Takes the lease of a folder. Where another process holds it and cannot be looked for, this
   * watches its heart for as long as the term.
   *
   * @param fs the folder's file system
   * @param folder an existing folder
   * @throws HeldException if another process holds it
   */
  static Lease take(FileSystem fs, Path folder, Terms terms) throws IOException {
    Set<Integer> dead = new HashSet<>();
    while (true) {
      TreeSet<Integer> present = numbers(fs, folder);
      for (int other : present) {
        if (!dead.contains(other) && lives(fs, folder, other, terms)) {
          throw held(fs, folder, other);
        }
        dead.add(other);
      }
      int mine = present.isEmpty() ? 1 : present.last() + 1;
      Path file = new Path(folder, PREFIX + mine);
      if (!make(fs, file, LeaseHolder.here().json())) {
        continue;
      }
      for (int other : numbers(fs, folder)) {
        if (other != mine && !dead.contains(other)) {
          // Somebody who saw other files than we did: better none of us than both.
          fs.delete(file, false);
          throw held(fs, folder, other);
        }
      }
      Lease lease = new Lease(fs, folder, mine, terms);
      try {
        lease.start();
      } catch (IOException e) {
        lease.close();
        throw e;
      }
      return lease;
    }
  }

  private void start() throws IOException {
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
    beat();
    long period = terms.beat().toMillis();
    heart.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
  }

  /** Makes a file that is not there yet; false where it is. */
  private static boolean make(FileSystem fs, Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (fs instanceof RawLocalFileSystem local) {
        // Hadoop looks first and creates then; the operating system does both at once.
        Files.write(
            local.pathToFile(file).toPath(),
            bytes,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
      } else {
        try (OutputStream out = fs.create(file, false)) {
          out.write(bytes);
        }
      }
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // Made, but not written: a disk that is full.
      fs.delete(file, false);
      throw e;
    }
  }

  private static TreeSet<Integer> numbers(FileSystem fs, Path folder) throws IOException {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (FileStatus file : fs.listStatus(folder)) {
      String name = file.getPath().getName();
      if (name.matches(PREFIX + "[0-9]{1,9}")) {
        numbers.add(Integer.parseInt(name.substring(PREFIX.length())));
      }
    }
    return numbers;
  }

  private static boolean lives(FileSystem fs, Path folder, int number, Terms terms)
      throws IOException {
    Optional<Boolean> seen = holder(fs, folder, number).flatMap(LeaseHolder::alive);
    if (seen.isPresent()) {
      return seen.get();
    }
    LOG.info("watching lease {} of {} for {}", number, folder, terms.term());
    long first = lastBeat(fs, folder, number);
    long end = System.nanoTime() + terms.term().toNanos();
    while (System.nanoTime() < end) {
      pause(terms.beat().toMillis() / 4);
      if (!fs.exists(new Path(folder, PREFIX + number))) {
        return false;
      }
      if (lastBeat(fs, folder, number) != first) {
        return true;
      }
    }
    return false;
  }

  private static Optional<LeaseHolder> holder(FileSystem fs, Path folder, int number)
      throws IOException {
    Path file = new Path(folder, PREFIX + number);
    return fs.exists(file) ? LeaseHolder.of(AtomicFile.read(fs, file)) : Optional.empty();
  }

  /** The file system's own time of the last renewal; 0 before the first. */
  private static long lastBeat(FileSystem fs, Path folder, int number) throws IOException {
    Path beat = new Path(folder, PREFIX + number + BEAT);
    return fs.exists(beat) ? fs.getFileStatus(beat).getModificationTime() : 0;
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lease", e);
    }
  }

  private static HeldException held(FileSystem fs, Path folder, int number) throws IOException {
    return new HeldException(
        holder(fs, folder, number).map(LeaseHolder::toString).orElse("an unknown process"));
  }

  private void beat() throws IOException {
    try (OutputStream out = fs.create(new Path(folder, PREFIX + number + BEAT), true)) {
      out.write(Long.toString(System.nanoTime()).getBytes(StandardCharsets.UTF_8));
    } catch (FSError e) {
      throw AtomicFile.plain(e);
    }
    renewed = System.nanoTime();
  }

  private void renew() {
    try {
      if (numbers(fs, folder).last() != number) {
        lost = true;
      } else {
        beat();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("lease {} of {} could not be renewed", number, folder, e);
      lost |= System.nanoTime() - renewed > terms.term().toNanos();
    }
  }

  /**
   * Fails if this process holds the lease no more.
   *
   * @throws IllegalStateException if another process took it, or it could not be renewed in time
   */
  void requireHeld() {
    if (lost) {
      throw new IllegalStateException(
          "another process took over " + folder + ", or it could not be reached for too long");
    }
  }

  /** The same, looking now rather than at what the last renewal saw. */
  void confirm() {
    renew();
    requireHeld();
  }

  @Override
  public void close() {
    release();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  /** Stops renewing and removes this lease with those that it followed. */
  private synchronized void release() {
    heart.shutdown();
    try {
      if (!heart.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("the heart of lease {} of {} does not stop", number, folder);
      }
      if (fs.exists(folder)) {
        for (int old : numbers(fs, folder).headSet(number, true)) {
          fs.delete(new Path(folder, PREFIX + old + BEAT), false);
          fs.delete(new Path(folder, PREFIX + old), false);
        }
      }
    } catch (IOException e) {
      LOG.warn("lease {} of {} could not be removed", number, folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Another process holds the lease; the message says which. */
  static final class HeldException extends IOException {
    private static final long serialVersionUID = 1L;

    HeldException(String holder) {
      super(holder);
    }
  }
}
