package org.relupath.spark.io.durable;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.relupath.spark.io.Fingerprint;

/**
 * A folder of finished pieces of work, a file each, that executors write and a later run reads.
 *
 * <p>A piece appears in one rename, so a killed writer leaves none. Its first line is the SHA-256
 * of the rest: a file that a crash of the machine tore is not taken for a piece.
 */
public final class Checkpoints implements Serializable {
  private final String folder;
  private final SerializableConfiguration hadoop;

  Checkpoints(Path folder, Configuration hadoop) {
    this.folder = folder.toString();
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  private FileSystem fileSystem() throws IOException {
    return AtomicFile.fileSystem(new Path(folder), hadoop.value());
  }

  /**
   * Stores a piece, durably when this returns. A second attempt at the same piece stores the same.
   *
   * @param id its name; letters, digits, dots, dashes and underscores
   * @param text what came of it
   */
  public void write(String id, String text) throws IOException {
    AtomicFile.write(fileSystem(), new Path(folder, id), Fingerprint.of(text) + "\n" + text);
  }

  /**
   * Looks at all whole pieces; what is left of others is removed.
   *
   * @param visitor receives the name and the text of each, in alphabetical order
   */
  public void read(BiConsumer<String, String> visitor) throws IOException {
    FileSystem fs = fileSystem();
    FileStatus[] files = fs.listStatus(new Path(folder));
    Arrays.sort(files);
    for (FileStatus file : files) {
      String name = file.getPath().getName();
      String text = name.startsWith(".") ? null : content(AtomicFile.read(fs, file.getPath()));
      if (text == null) {
        fs.delete(file.getPath(), false);
      } else {
        visitor.accept(name, text);
      }
    }
  }

  /** The piece in a file, or null where it is not whole. */
  private static String content(String file) {
    int line = file.indexOf('\n');
    String text = file.substring(line + 1);
    return line > 0 && Fingerprint.of(text).equals(file.substring(0, line)) ? text : null;
  }
}
