package org.relupath.spark.io.durable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSError;
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
 * somebody watched; clocks of machines are never compared. Its successor makes lease-(K+1), and
 * leaves the others' files until it is done. A holder that comes back finds that it has lost: its
 * file is not the last one, or is gone, or says another holder by now.
 */
final class Lease implements AutoCloseable {
  /** How often a lease is renewed, and how long without that ends it. */
  record Terms(Duration beat, Duration term) {
    static final Terms USUAL = new Terms(Duration.ofSeconds(3), Duration.ofSeconds(30));
  }

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final int HOOK_PRIORITY = 20;

  private final FileSystem fs;
  private final Path folder;
  private final LeaseClaim own;
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

  private Lease(FileSystem fs, Path folder, LeaseClaim own, Terms terms) {
    this.fs = fs;
    this.folder = folder;
    this.own = own;
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
    Set<LeaseClaim> dead = new HashSet<>();
    while (true) {
      List<LeaseClaim> present = LeaseClaim.all(fs, folder);
      for (LeaseClaim other : present) {
        if (!dead.contains(other) && lives(fs, folder, other, terms)) {
          throw new HeldException(other);
        }
        dead.add(other);
      }
      if (!LeaseClaim.all(fs, folder).equals(present)) {
        // Somebody came or went meanwhile: a file more would disturb a new holder.
        continue;
      }
      int number = present.isEmpty() ? 1 : present.get(present.size() - 1).number() + 1;
      LeaseClaim own = new LeaseClaim(number, LeaseHolder.here().json());
      if (!make(fs, own.file(folder), own.text())) {
        continue;
      }
      for (LeaseClaim other : LeaseClaim.all(fs, folder)) {
        if (!other.equals(own) && !dead.contains(other)) {
          // Somebody who saw other files than we did: better none of us than both.
          fs.delete(own.file(folder), false);
          throw new HeldException(other);
        }
      }
      Lease lease = new Lease(fs, folder, own, terms);
      try {
        lease.start();
      } catch (IOException e) {
        lease.close();
        throw e;
      }
      return lease;
    }
  }

  /** A name that no other holder has, before or after. */
  String name() {
    return own.name();
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

  private static boolean lives(FileSystem fs, Path folder, LeaseClaim claim, Terms terms)
      throws IOException {
    Optional<Boolean> seen = claim.holder().flatMap(LeaseHolder::alive);
    if (seen.isPresent()) {
      return seen.get();
    }
    LOG.info("watching lease {} of {} for {}", claim.number(), folder, terms.term());
    long first = lastBeat(fs, folder, claim);
    long end = System.nanoTime() + terms.term().toNanos();
    while (System.nanoTime() < end) {
      pause(terms.beat().toMillis() / 4);
      if (!claim.stands(fs, folder)) {
        return false;
      }
      if (lastBeat(fs, folder, claim) != first) {
        return true;
      }
    }
    return false;
  }

  /** The file system's own time of the last renewal; 0 before the first. */
  private static long lastBeat(FileSystem fs, Path folder, LeaseClaim claim) throws IOException {
    Path beat = claim.beat(folder);
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

  private void beat() throws IOException {
    try (OutputStream out = fs.create(own.beat(folder), true)) {
      out.write(Long.toString(System.nanoTime()).getBytes(StandardCharsets.UTF_8));
    } catch (FSError e) {
      throw AtomicFile.plain(e);
    }
    renewed = System.nanoTime();
  }

  private void renew() {
    try {
      List<LeaseClaim> present = LeaseClaim.all(fs, folder);
      if (present.isEmpty() || !present.get(present.size() - 1).equals(own)) {
        lost = true;
      } else {
        beat();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("lease {} of {} could not be renewed", own.number(), folder, e);
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

  /**
   * Fails if this process holds the lease no more, looking now rather than at what the last renewal
   * saw.
   *
   * @throws IllegalStateException if another process took it, or it cannot be renewed
   */
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
        LOG.warn("the heart of lease {} of {} does not stop", own.number(), folder);
      }
      // Where it does not stand, numbers may have begun anew: smaller ones are of later holders.
      if (own.stands(fs, folder)) {
        for (LeaseClaim old : LeaseClaim.all(fs, folder)) {
          if (old.number() <= own.number()) {
            fs.delete(old.beat(folder), false);
            fs.delete(old.file(folder), false);
          }
        }
      }
    } catch (IOException e) {
      LOG.warn("lease {} of {} could not be removed", own.number(), folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Another process holds the lease; the message says which. */
  static final class HeldException extends IOException {
    HeldException(LeaseClaim claim) {
      super(claim.holder().map(LeaseHolder::toString).orElse("an unknown process"));
    }
  }
}
