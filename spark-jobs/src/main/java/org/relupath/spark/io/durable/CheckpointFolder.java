package org.relupath.spark.io.durable;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.ReadPath;

/**
 * The hidden sibling of an output folder, {@code .NAME.unfinished}, by which one process has the
 * name, and in which long work is kept until the output is whole, so that a later run can go on
 * with it.
 *
 * <p>It holds the {@link Lease} of the output folder; of long work also a text that says what the
 * work is, the {@link Checkpoints}, and the output itself while it is written, in a folder that is
 * this holder's alone: one that lost its lease writes beside its successor's, never into it. It is
 * gone when the output is there.
 */
public final class CheckpointFolder implements AutoCloseable {
  /** What to do with what an earlier run left. */
  public enum Mode {
    /** Refuse it. */
    NEW,
    /** Replace it. */
    OVERWRITE,
    /** Go on with it, or with nothing; with one that was to replace an output, replace it. */
    RESUME
  }

  /** After leases are given back (20), before Hadoop closes its file systems (10). */
  private static final int HOOK_PRIORITY = 19;

  private static final String IDENTITY = "study.json";
  private static final String REPLACES = "overwrite";
  private static final String STAGING = "result-";

  private final OutputPlace place;
  private final FileSystem fs;
  private final FolderSwap swap;
  private final Path folder;
  private final Path made;
  private final Mode mode;
  private final Configuration hadoop;
  private final Lease lease;
  private final Runnable hook = this::removeEmpty;
  private boolean anew;

  private CheckpointFolder(
      OutputPlace place, FolderSwap swap, Path made, Mode mode, Configuration hadoop, Lease lease) {
    this.place = place;
    this.fs = place.fs();
    this.swap = swap;
    this.folder = folder(place);
    this.made = made;
    this.mode = mode;
    this.hadoop = hadoop;
    this.lease = lease;
    this.anew = mode == Mode.OVERWRITE;
  }

  private static Path folder(OutputPlace place) {
    return place.neighbour(".unfinished");
  }

  /**
   * Takes the output folder for this process.
   *
   * @param directory the output folder
   * @param mode what to do with what is there
   * @param reads all that the run reads, which the folder must not touch
   * @param hadoop how to reach file systems
   * @throws BadInputException if it cannot be written, is there and must not be, touches what is
   *     read, or another process is writing it
   */
  public static CheckpointFolder open(
      String directory, Mode mode, List<ReadPath> reads, Configuration hadoop) {
    OutputPlace place = OutputPlace.of(directory, reads, hadoop);
    return open(place, mode, new FolderSwap(place, FolderMoves.of(place.fs())), hadoop);
  }

  /** Takes the lease of a place that was looked at, after mending what a killed run left there. */
  static CheckpointFolder open(
      OutputPlace place, Mode mode, FolderSwap swap, Configuration hadoop) {
    FileSystem fs = place.fs();
    Path made = null;
    try {
      refuseExisting(place, mode);
      made = topmostMissing(fs, place.target().getParent());
      if (!fs.mkdirs(folder(place))) {
        throw new IOException(folder(place) + " cannot be made");
      }
      Lease lease = lease(place);
      CheckpointFolder work = new CheckpointFolder(place, swap, made, mode, hadoop, lease);
      ShutdownHookManager.get().addShutdownHook(work.hook, HOOK_PRIORITY);
      try {
        work.begin();
      } catch (IOException | RuntimeException e) {
        work.close();
        throw e;
      }
      return work;
    } catch (IOException | IllegalArgumentException e) {
      removeEmpty(place, made);
      throw new BadInputException(
          place.named() + ": cannot be written: " + OutputPlace.reason(e), e);
    }
  }

  private static Lease lease(OutputPlace place) throws IOException {
    try {
      return Lease.take(place.fs(), folder(place), Lease.Terms.USUAL);
    } catch (Lease.HeldException e) {
      throw new BadInputException(
          place.named() + ": another run is writing it: " + e.getMessage() + " (wait for its end)",
          e);
    }
  }

  private static void refuseExisting(OutputPlace place, Mode mode) throws IOException {
    if (!place.exists()) {
      return;
    }
    if (place.fs().getFileStatus(place.target()).isFile()) {
      throw new BadInputException(place.named() + ": is a file, expected a folder");
    }
    if (mode == Mode.NEW) {
      throw new BadInputException(
          place.named() + ": exists, expected a new folder (--overwrite replaces it)");
    }
    if (mode == Mode.OVERWRITE) {
      ResultManifest.requireReplaceable(place.named(), place.fs(), place.target());
    }
  }

  private void begin() throws IOException {
    lease.confirm();
    swap.repair();
    // What was there may have changed while the lease was waited for; the commit looks again.
    if (mode == Mode.NEW) {
      refuseExisting(place, mode);
    }
    if (mode == Mode.NEW && unfinished()) {
      throw new BadInputException(
          place.named()
              + ": an unfinished study is there, --resume goes on, --overwrite starts anew");
    }
    removeEarlier(STAGING);
    if (mode != Mode.OVERWRITE && !unfinished()) {
      discard();
    }
  }

  /** Forgets unfinished work: removes all but the lease. */
  public void discard() throws IOException {
    lease.confirm();
    // The identity goes first: without it nothing else counts.
    fs.delete(new Path(folder, IDENTITY), false);
    removeEarlier("");
  }

  /**
   * Removes what this holder and earlier ones left, but for leases.
   *
   * @param prefix of the names
   * @throws IllegalStateException if another process took over; nothing is removed then
   */
  private void removeEarlier(String prefix) throws IOException {
    FileStatus[] listed = fs.listStatus(folder);
    // Held after they were listed: none of them is a later holder's.
    lease.confirm();
    for (FileStatus file : listed) {
      String name = file.getPath().getName();
      if (name.startsWith(prefix) && !name.startsWith(LeaseClaim.PREFIX)) {
        fs.delete(file.getPath(), true);
      }
    }
  }

  /** Whether the output folder is there already, for a run that may find it so and leaves it. */
  public boolean finished() throws IOException {
    return mode == Mode.RESUME && place.exists() && !replaces();
  }

  /** Whether this run, or the one whose work it goes on with, was told to replace the output. */
  private boolean replaces() throws IOException {
    return mode == Mode.OVERWRITE || fs.exists(new Path(folder, REPLACES));
  }

  /** Whether an earlier run left work that this one is to go on with. */
  public boolean unfinished() throws IOException {
    return !anew && fs.exists(new Path(folder, IDENTITY));
  }

  /** A file of the output folder that is there; null if there is no such file. */
  public String finishedText(String name) throws IOException {
    Path file = new Path(place.target(), name);
    return fs.exists(file) ? AtomicFile.read(fs, file) : null;
  }

  /** What the unfinished work says that it is. */
  public String identity() throws IOException {
    return AtomicFile.read(fs, new Path(folder, IDENTITY));
  }

  /**
   * The pieces of the work, which from now on counts as unfinished.
   *
   * @param identity what the work is; pieces of other work are kept apart
   */
  public Checkpoints checkpoints(String identity) throws IOException {
    if (!unfinished()) {
      // Only now: a run that is refused leaves what is there to others.
      discard();
      anew = false;
      // Apart from the identity: work that replaces an output is the same as work that does not.
      if (mode == Mode.OVERWRITE) {
        AtomicFile.write(fs, new Path(folder, REPLACES), "");
      }
      AtomicFile.write(fs, new Path(folder, IDENTITY), identity);
    }
    // Executors of a driver that was killed may go on for a while: they must not find this folder.
    Path units = new Path(folder, "units-" + Fingerprint.of(identity()).substring(0, 16));
    if (!fs.mkdirs(units)) {
      throw new IOException(units + " cannot be made");
    }
    return new Checkpoints(units, hadoop);
  }

  /**
   * Fails if another process took over.
   *
   * @throws IllegalStateException if this process is not the one that may write any more
   */
  public void requireHeld() {
    lease.requireHeld();
  }

  /** Fails if another process took over, looking now. */
  void confirm() {
    lease.confirm();
  }

  /** A name that no other holder has, before or after. */
  String leaseName() {
    return lease.name();
  }

  /** Begins the output folder itself, written aside until it is committed. */
  public OutputDirectory output() throws IOException {
    lease.confirm();
    boolean replaces = replaces();
    if (place.exists() && !replaces) {
      throw new OutputException(place.named() + ": exists, expected a new folder", null);
    }
    Path staging = new Path(folder, STAGING + lease.name());
    return OutputDirectory.begin(place, swap, this, replaces, staging, false);
  }

  /**
   * Refuses an output that is there and is not, to the last byte, as it was left.
   *
   * @param option the option that takes it for what it was
   */
  public void requireWhole(String option) throws IOException {
    RunFiles.open(option, place.text(), hadoop).requireWhole();
  }

  @Override
  public void close() {
    lease.close();
    removeEmpty();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  private void removeEmpty() {
    removeEmpty(place, made);
  }

  /** Removes the folder where nothing is in it: the work is done, or never began. */
  private static void removeEmpty(OutputPlace place, Path made) {
    try {
      FileSystem fs = place.fs();
      Path folder = folder(place);
      if (fs.exists(folder) && fs.listStatus(folder).length == 0) {
        fs.delete(folder, false);
      }
      // Only folders that are ours and empty go.
      for (Path p = place.target().getParent(); made != null && p != null; p = p.getParent()) {
        if (!fs.exists(p) || fs.listStatus(p).length > 0 || !fs.delete(p, false)) {
          return;
        }
        if (p.equals(made)) {
          return;
        }
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(CheckpointFolder.class)
          .warn("{} could not be removed", folder(place), e);
    }
  }

  /** The outermost folder that would have to be made for this one; null if it is there. */
  private static Path topmostMissing(FileSystem fs, Path folder) throws IOException {
    Path missing = null;
    for (Path p = folder; p != null && !fs.exists(p); p = p.getParent()) {
      missing = p;
    }
    return missing;
  }
}
