package org.relupath.spark.io;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The hidden sibling of an output folder in which long work is kept until the output is whole, so
 * that a later run can go on with it: {@code .NAME.unfinished}.
 *
 * <p>It holds the {@link Lease} of the output folder, a text that says what the work is, the {@link
 * Checkpoints}, and the output itself while it is written, in a folder that is this holder's alone:
 * one that lost its lease writes beside its successor's, never into it. It is gone when the output
 * is there.
 */
public final class WorkFolder implements AutoCloseable {
  /** What to do with what an earlier run left. */
  public enum Mode {
    /** Refuse it. */
    NEW,
    /** Replace it. */
    OVERWRITE,
    /** Go on with it, or with nothing; with one that was to replace an output, replace it. */
    RESUME
  }

  private static final String IDENTITY = "study.json";
  private static final String REPLACES = "overwrite";
  private static final String STAGING = "result-";

  private final String directory;
  private final FileSystem fs;
  private final Path target;
  private final Path folder;
  private final Path made;
  private final Mode mode;
  private final Configuration hadoop;
  private final Lease lease;

  private WorkFolder(
      String directory,
      FileSystem fs,
      Path target,
      Path made,
      Mode mode,
      Configuration hadoop,
      Lease lease) {
    this.directory = directory;
    this.fs = fs;
    this.target = target;
    this.folder = folder(target);
    this.made = made;
    this.mode = mode;
    this.hadoop = hadoop;
    this.lease = lease;
  }

  private static Path folder(Path target) {
    return new Path(target.getParent(), "." + target.getName() + ".unfinished");
  }

  /**
   * Takes the output folder for this process.
   *
   * @param directory the output folder
   * @param mode what to do with what is there
   * @param hadoop how to reach file systems
   * @throws BadInputException if it cannot be written, is there and must not be, or another process
   *     is writing it
   */
  public static WorkFolder open(String directory, Mode mode, Configuration hadoop) {
    String named = "--output " + directory;
    try {
      Path given = new Path(directory);
      FileSystem fs = AtomicFile.fileSystem(given, hadoop);
      Path target = fs.makeQualified(given);
      if (target.getParent() == null) {
        throw new BadInputException(named + ": the root cannot be an output folder");
      }
      refuseExisting(named, fs, target, mode);
      Path made = OutputDirectory.topmostMissing(fs, target.getParent());
      if (!fs.mkdirs(folder(target))) {
        throw new BadInputException(named + ": cannot be written");
      }
      Lease lease = lease(named, fs, target);
      WorkFolder work = new WorkFolder(directory, fs, target, made, mode, hadoop, lease);
      work.begin(named);
      return work;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(named + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static Lease lease(String named, FileSystem fs, Path target) throws IOException {
    try {
      return Lease.take(fs, folder(target), Lease.Terms.USUAL);
    } catch (Lease.HeldException e) {
      throw new BadInputException(
          named + ": another run is writing it: " + e.getMessage() + " (wait for its end)", e);
    }
  }

  private static void refuseExisting(String named, FileSystem fs, Path target, Mode mode)
      throws IOException {
    if (fs.exists(target) && fs.getFileStatus(target).isFile()) {
      throw new BadInputException(named + ": is a file, expected a folder");
    }
    if (mode != Mode.NEW) {
      return;
    }
    if (fs.exists(target)) {
      throw new BadInputException(
          named + ": exists, expected a new folder (--overwrite replaces it)");
    }
  }

  private void begin(String named) throws IOException {
    try {
      // What was there may have changed while the lease was waited for.
      refuseExisting(named, fs, target, mode);
      if (mode == Mode.NEW && unfinished()) {
        throw new BadInputException(
            named + ": an unfinished study is there, --resume goes on, --overwrite starts anew");
      }
      removeEarlier(STAGING);
      if (mode == Mode.OVERWRITE || !unfinished()) {
        clear();
      }
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /** Removes all but the lease. */
  private void clear() throws IOException {
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
    return mode == Mode.RESUME && fs.exists(target) && !replaces();
  }

  /** Whether this run, or the one whose work it goes on with, was told to replace the output. */
  private boolean replaces() throws IOException {
    return mode == Mode.OVERWRITE || fs.exists(new Path(folder, REPLACES));
  }

  /** Whether an earlier run left work. */
  public boolean unfinished() throws IOException {
    return fs.exists(new Path(folder, IDENTITY));
  }

  /** A file of the output folder that is there; null if there is no such file. */
  public String finishedText(String name) throws IOException {
    Path file = new Path(target, name);
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

  /** Begins the output folder itself, written aside until {@link #commit}. */
  public OutputDirectory output() throws IOException {
    lease.confirm();
    Path staging = new Path(folder, STAGING + lease.name());
    try {
      return OutputDirectory.create(directory, replaces(), staging, hadoop);
    } catch (BadInputException e) {
      // By now it is no mistake of the user's.
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Moves the output in place and removes the work. */
  public void commit(OutputDirectory output) throws IOException {
    lease.confirm();
    output.commit();
    clear();
  }

  /** Forgets an unfinished work whose output is there. */
  public void discard() throws IOException {
    clear();
  }

  @Override
  public void close() {
    lease.close();
    try {
      // Nothing but a lease was in it: the work is done, or never began.
      if (fs.exists(folder) && fs.listStatus(folder).length == 0) {
        fs.delete(folder, false);
        OutputDirectory.removeEmpty(fs, target.getParent(), made);
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(WorkFolder.class)
          .warn("{} could not be removed", folder, e);
    }
  }
}
