package org.relupath.spark.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A folder of results that appears complete or not at all.
 *
 * <p>Files are written into a hidden sibling, which {@link #commit()} renames. Closing without a
 * commit, an exception and Ctrl-C remove it, with the parent folders that were made for it.
 */
public final class OutputDirectory implements AutoCloseable {
  /** After Spark has stopped its tasks (40), before Hadoop closes its file systems (10). */
  private static final int HOOK_PRIORITY = 20;

  private final FileSystem fs;
  private final Path target;
  private final Path staging;
  private final Path made;
  private final Runnable hook = this::discard;
  private volatile boolean closed;

  private OutputDirectory(FileSystem fs, Path target, Path staging, Path made) {
    this.fs = fs;
    this.target = target;
    this.staging = staging;
    this.made = made;
  }

  /**
   * Makes the sibling, so that a folder that cannot be written is refused before any work.
   *
   * @param directory the folder to make, on any file system Hadoop reaches
   * @param overwrite whether an existing one is replaced at the end
   * @param hadoop how to reach file systems
   */
  public static OutputDirectory create(String directory, boolean overwrite, Configuration hadoop) {
    return create(directory, overwrite, null, hadoop);
  }

  /**
   * The same, written aside in a folder that the caller names.
   *
   * @param aside a folder of the same file system, refused if it is there already, with what
   *     another run may be writing in it; null for a hidden sibling
   */
  static OutputDirectory create(
      String directory, boolean overwrite, Path aside, Configuration hadoop) {
    String named = "--output " + directory;
    try {
      Path given = new Path(directory);
      FileSystem fs = given.getFileSystem(hadoop);
      if (fs instanceof LocalFileSystem local) {
        local.setWriteChecksum(false);
      }
      Path target = fs.makeQualified(given);
      if (target.getParent() == null) {
        throw new BadInputException(named + ": the root cannot be an output folder");
      }
      if (fs.exists(target) && !overwrite) {
        throw new BadInputException(
            named + ": exists, expected a new folder (--overwrite replaces it)");
      }
      if (fs.exists(target) && fs.getFileStatus(target).isFile()) {
        throw new BadInputException(named + ": is a file, expected a folder");
      }
      Path made = topmostMissing(fs, target.getParent());
      Path staging =
          aside != null
              ? aside
              : new Path(
                  target.getParent(), "." + target.getName() + ".staging-" + UUID.randomUUID());
      if (fs.exists(staging)) {
        throw new BadInputException(named + ": " + staging + " is there already");
      }
      if (!fs.mkdirs(staging)) {
        throw new BadInputException(named + ": cannot be written");
      }
      OutputDirectory output = new OutputDirectory(fs, target, staging, made);
      ShutdownHookManager.get().addShutdownHook(output.hook, HOOK_PRIORITY);
      return output;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(named + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Refuses an output folder that would take the place of something that a run reads, or of a
   * folder around it.
   *
   * @param output the folder that results go to
   * @param option the option that names what is read, for messages
   * @param read what is read
   * @param hadoop how to reach file systems; the two may be on different ones
   */
  public static void refuseReplacing(
      String output, String option, String read, Configuration hadoop) {
    Path target = qualified("--output", output, hadoop);
    for (Path own = qualified(option, read, hadoop); own != null; own = own.getParent()) {
      if (own.equals(target)) {
        throw new BadInputException(
            "--output " + output + " would replace " + option + " " + read + ", expected another");
      }
    }
  }

  private static Path qualified(String option, String path, Configuration hadoop) {
    try {
      Path given = new Path(path);
      return given.getFileSystem(hadoop).makeQualified(given);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          option + " " + path + ": cannot be reached: " + e.getMessage(), e);
    }
  }

  /** Where a file of that name is to be written for now; Spark's writers take it. */
  public String path(String name) {
    return new Path(staging, name).toString();
  }

  /** Writes a text file; folders in its name are made. */
  public void write(String name, String text) throws IOException {
    try (OutputStream out = open(name)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Opens a file for writing; the caller closes it. */
  public OutputStream open(String name) throws IOException {
    if (closed) {
      throw new IOException("the output folder " + target + " is closed");
    }
    return fs.create(new Path(staging, name), false);
  }

  /** Moves everything in place, in one rename. Nothing can be written afterwards. */
  public void commit() throws IOException {
    if (closed) {
      throw new IOException("the output folder " + target + " is closed");
    }
    removeChecksums(staging);
    Path old = null;
    if (fs.exists(target)) {
      old = new Path(target.getParent(), "." + target.getName() + ".old-" + UUID.randomUUID());
      move(target, old);
    }
    try {
      move(staging, target);
    } catch (IOException e) {
      if (old != null) {
        move(old, target);
      }
      throw e;
    }
    closed = true;
    ShutdownHookManager.get().removeShutdownHook(hook);
    if (old != null) {
      fs.delete(old, true);
    }
  }

  /** The folder as it will be called. */
  public String target() {
    return target.toUri().getScheme().equals("file") ? target.toUri().getPath() : target.toString();
  }

  @Override
  public void close() {
    if (!closed) {
      discard();
      if (!ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(hook);
      }
    }
  }

  private void discard() {
    closed = true;
    try {
      fs.delete(staging, true);
      removeEmpty(fs, target.getParent(), made);
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(OutputDirectory.class)
          .warn("{} could not be removed", staging, e);
    }
  }

  private void move(Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new IOException(from + " could not be renamed to " + to);
    }
  }

  /**
   * Executors in other processes write hidden checksums beside local files; they would be noise in
   * a result folder. Hadoop's local file system hides them, the one beneath it does not.
   */
  private void removeChecksums(Path folder) throws IOException {
    FileSystem beneath = AtomicFile.beneath(fs);
    for (FileStatus file : beneath.listStatus(folder)) {
      if (file.isDirectory()) {
        removeChecksums(file.getPath());
      } else if (file.getPath().getName().endsWith(".crc")) {
        beneath.delete(file.getPath(), false);
      }
    }
  }

  /**
   * Removes folders that were made for a result, where nothing is in them.
   *
   * @param folder the innermost of them
   * @param made the outermost, or null if none was made
   */
  static void removeEmpty(FileSystem fs, Path folder, Path made) throws IOException {
    for (Path p = folder; made != null && p != null; p = p.getParent()) {
      // Only folders that are ours and empty go.
      if (!fs.exists(p) || fs.listStatus(p).length > 0 || !fs.delete(p, false)) {
        break;
      }
      if (p.equals(made)) {
        break;
      }
    }
  }

  /** The outermost folder that would have to be made for this one; null if it is there. */
  static Path topmostMissing(FileSystem fs, Path folder) throws IOException {
    Path missing = null;
    for (Path p = folder; p != null && !fs.exists(p); p = p.getParent()) {
      missing = p;
    }
    return missing;
  }
}
