package org.relupath.spark.io.durable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Small text files that are there whole or not at all, on any file system Hadoop reaches.
 *
 * <p>A file is written under a name of its own and renamed. Two writers of the same file are no
 * harm where they write the same: one of them wins, whole.
 */
final class AtomicFile {
  private AtomicFile() {}

  /**
   * The file system of a path, a local one without the checksum files that would have to be renamed
   * too.
   */
  static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    return beneath(path.getFileSystem(hadoop));
  }

  /** A file system itself, or what a local one hides behind its checksums. */
  static FileSystem beneath(FileSystem fs) {
    return fs instanceof LocalFileSystem local ? local.getRawFileSystem() : fs;
  }

  /**
   * Writes a file into a folder that must be there.
   *
   * @param file where it is to appear
   * @param text its content
   */
  static void write(FileSystem fs, Path file, String text) throws IOException {
    Path aside = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
    try {
      put(fs, aside, text);
      if (!fs.rename(aside, file)) {
        // Where a rename replaces nothing, another writer of the same was first.
        if (!fs.exists(file)) {
          throw new IOException(aside + " could not be renamed to " + file);
        }
        fs.delete(aside, false);
      }
    } catch (IOException | RuntimeException e) {
      remove(fs, aside, e);
      throw e;
    }
  }

  private static void put(FileSystem fs, Path file, String text) throws IOException {
    try (FSDataOutputStream out = fs.createFile(file).overwrite(false).build()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.hsync();
    } catch (FSError e) {
      throw plain(e);
    }
  }

  /** What Hadoop makes an error where the local file system fails, such as for want of space. */
  static IOException plain(FSError e) {
    return e.getCause() instanceof IOException io ? io : new IOException(e);
  }

  private static void remove(FileSystem fs, Path aside, Exception cause) {
    try {
      fs.delete(aside, false);
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** The text of a file. */
  static String read(FileSystem fs, Path file) throws IOException {
    try (InputStream in = fs.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
