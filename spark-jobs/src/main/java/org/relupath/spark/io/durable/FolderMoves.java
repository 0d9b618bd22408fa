package org.relupath.spark.io.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The steps that put a result in place; a test may stop at each. */
interface FolderMoves {
  /**
   * Gives a folder another name, in the same place: all of it at once, or nothing.
   *
   * @throws IOException if that name is taken, or for any other reason; the folder is where it was
   */
  void move(Path from, Path to) throws IOException;

  /** Removes a folder with all that is in it. */
  void delete(Path folder) throws IOException;

  /** Those of a file system. */
  static FolderMoves of(FileSystem fs) {
    return new FolderMoves() {
      @Override
      public void move(Path from, Path to) throws IOException {
        if (fs.exists(to)) {
          throw new IOException(to + " is there");
        }
        if (fs instanceof RawLocalFileSystem local) {
          // rename(2): it takes the place of an empty folder at most. Hadoop's would go on by
          // copying.
          Files.move(
              local.pathToFile(from).toPath(),
              local.pathToFile(to).toPath(),
              StandardCopyOption.ATOMIC_MOVE);
          return;
        }
        if (!fs.rename(from, to)) {
          throw new IOException(from + " could not be renamed to " + to);
        }
        // Where somebody made a folder of that name since, Hadoop's rename moves into it.
        Path astray = new Path(to, from.getName());
        if (fs.exists(astray)) {
          fs.rename(astray, from);
          throw new IOException(to + " is there");
        }
      }

      @Override
      public void delete(Path folder) throws IOException {
        fs.delete(folder, true);
      }
    };
  }
}
