package org.relupath.spark.io.durable;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.hadoop.util.functional.InvocationRaisingIOE;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.ReadPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of results that appears complete or not at all.
 *
 * <p>One process at a time has a name, by the {@link Lease} in its {@link CheckpointFolder}. It
 * writes into a hidden neighbour, {@link #seal seals} that with a manifest of all its files, and
 * {@link #commit commits} it: a {@link FolderSwap}, which refuses a name that was taken meanwhile.
 * Closing without a commit, an exception and a signal remove the neighbour, with the parent folders
 * that were made for it; a signal during the commit waits for its end. What a killed process leaves
 * is put right by the next that takes the name.
 */
public final class OutputDirectory implements ResultFolder, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputDirectory.class);

  /** After Spark has stopped its tasks (40), before leases are given back (20). */
  private static final int HOOK_PRIORITY = 21;

  /** Hadoop gives a hook 30 s. */
  private static final int HOOK_SECONDS = 25;

  private enum State {
    WRITING,
    COMMITTED,
    DISCARDED
  }

  private final OutputPlace place;
  private final FolderSwap swap;
  private final CheckpointFolder work;
  private final boolean overwrite;
  private final Path staging;
  private final boolean owns;
  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable hook = this::interrupted;
  private State state = State.WRITING;

  private OutputDirectory(
      OutputPlace place,
      FolderSwap swap,
      CheckpointFolder work,
      boolean overwrite,
      Path staging,
      boolean owns) {
    this.place = place;
    this.swap = swap;
    this.work = work;
    this.overwrite = overwrite;
    this.staging = staging;
    this.owns = owns;
  }

  /**
   * Takes the name and begins a folder, so that one that cannot be written is refused before any
   * work.
   *
   * @param directory the folder to make, on any file system Hadoop reaches
   * @param overwrite whether an earlier result of relupath is replaced at the end
   * @param reads all that the run reads, which the folder must not touch
   * @param hadoop how to reach file systems
   * @throws BadInputException if it cannot be written, is there and must not be, touches what is
   *     read, or another process is writing it
   */
  public static OutputDirectory create(
      String directory, boolean overwrite, List<ReadPath> reads, Configuration hadoop) {
    OutputPlace place = OutputPlace.of(directory, reads, hadoop);
    return create(place, overwrite, FolderMoves.of(place.fs()), hadoop);
  }

  /** Takes a place for a result, which the given moves will bring there. */
  static OutputDirectory create(
      OutputPlace place, boolean overwrite, FolderMoves moves, Configuration hadoop) {
    CheckpointFolder.Mode mode =
        overwrite ? CheckpointFolder.Mode.OVERWRITE : CheckpointFolder.Mode.NEW;
    FolderSwap swap = new FolderSwap(place, moves);
    CheckpointFolder work = CheckpointFolder.open(place, mode, swap, hadoop);
    try {
      return begin(place, swap, work, overwrite, swap.staging(work.leaseName()), true);
    } catch (IOException | RuntimeException e) {
      work.close();
      throw new BadInputException(place.named() + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Begins a folder.
   *
   * @param work has the name
   * @param staging where files are written for now
   * @param owns whether the name is given back with the folder, or kept for work that goes on
   */
  static OutputDirectory begin(
      OutputPlace place,
      FolderSwap swap,
      CheckpointFolder work,
      boolean overwrite,
      Path staging,
      boolean owns)
      throws IOException {
    if (place.fs().exists(staging) || !place.fs().mkdirs(staging)) {
      throw new IOException(staging + " cannot be made");
    }
    OutputDirectory output = new OutputDirectory(place, swap, work, overwrite, staging, owns);
    ShutdownHookManager.get().addShutdownHook(output.hook, HOOK_PRIORITY);
    return output;
  }

  @Override
  public String path(String name) {
    return new Path(staging, name).toString();
  }

  @Override
  public OutputStream open(String name) throws IOException {
    lock.lock();
    try {
      requireWriting();
      return place.fs().create(new Path(staging, name), false);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void writing(InvocationRaisingIOE writing) throws IOException {
    try {
      writing.apply();
    } catch (Exception | FSError e) {
      // Spark hides from the compiler what it throws.
      String reason = DiskFailure.reason(e);
      if (reason == null || e instanceof OutputException) {
        throw e;
      }
      throw new OutputException(place.text() + " could not be written: " + reason, e);
    }
  }

  @Override
  public void seal(String prefix, Map<String, Object> manifest) throws IOException {
    writing(
        () -> {
          Path folder = prefix.isEmpty() ? staging : new Path(staging, prefix);
          removeChecksums(folder);
          String text = ResultManifest.text(manifest, place.fs(), folder);
          write(prefix + ResultManifest.NAME, text);
        });
  }

  /**
   * Puts everything in place. Nothing can be written afterwards.
   *
   * @throws IOException if the name was taken meanwhile; what took it is left as it is
   */
  public void commit() throws IOException {
    if (!place.fs().exists(new Path(staging, ResultManifest.NAME))) {
      throw new IllegalStateException("a result without a manifest is none");
    }
    work.confirm();
    lock.lock();
    try {
      requireWriting();
      writing(() -> swap.run(staging, overwrite, work.leaseName()));
      state = State.COMMITTED;
      forgetWork();
    } finally {
      lock.unlock();
    }
    removeHook();
  }

  /** Whatever comes of it, the result is there. */
  private void forgetWork() {
    try {
      work.discard();
    } catch (IOException | IllegalStateException e) {
      LOG.warn("what was kept for {} could not be removed", place.text(), e);
    }
  }

  @Override
  public String target() {
    return place.text();
  }

  private void requireWriting() throws IOException {
    if (state != State.WRITING) {
      throw new IOException("the output folder " + place.text() + " is closed");
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      discard();
    } finally {
      lock.unlock();
    }
    removeHook();
    if (owns) {
      work.close();
    }
  }

  private void removeHook() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  /** A signal: what is not being put in place goes. */
  private void interrupted() {
    try {
      if (lock.tryLock(HOOK_SECONDS, TimeUnit.SECONDS)) {
        try {
          discard();
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void discard() {
    if (state != State.WRITING) {
      return;
    }
    state = State.DISCARDED;
    try {
      place.fs().delete(staging, true);
    } catch (IOException e) {
      LOG.warn("{} could not be removed", staging, e);
    }
  }

  /**
   * Executors in other processes write hidden checksums beside local files; they would be noise in
   * a result folder.
   */
  private void removeChecksums(Path folder) throws IOException {
    FileSystem fs = place.fs();
    for (FileStatus file : fs.listStatus(folder)) {
      if (file.isDirectory()) {
        removeChecksums(file.getPath());
      } else if (file.getPath().getName().endsWith(".crc")) {
        fs.delete(file.getPath(), false);
      }
    }
  }
}
