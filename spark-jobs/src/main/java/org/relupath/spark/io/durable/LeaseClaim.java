package org.relupath.spark.io.durable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.relupath.spark.io.Fingerprint;

/**
 * A lease as its file {@code lease-K} has it. K alone names no holder: when all are done, numbers
 * begin anew, so that claims of one number and another text are of two processes, or of two times.
 *
 * @param number K
 * @param text the {@link LeaseHolder}, with the moment at which it made the file; empty where it
 *     was interrupted, or is not done with it
 */
record LeaseClaim(int number, String text) {
  static final String PREFIX = "lease-";

  /**
   * All claims in a folder, smallest number first; none where the folder is gone.
   *
   * @param fs the folder's file system
   * @param folder the folder of the lease
   */
  static List<LeaseClaim> all(FileSystem fs, Path folder) throws IOException {
    List<LeaseClaim> all = new ArrayList<>();
    for (FileStatus file : files(fs, folder)) {
      String name = file.getPath().getName();
      if (name.matches(PREFIX + "[0-9]{1,9}")) {
        int number = Integer.parseInt(name.substring(PREFIX.length()));
        text(fs, file.getPath()).ifPresent(text -> all.add(new LeaseClaim(number, text)));
      }
    }
    all.sort(Comparator.comparingInt(LeaseClaim::number));
    return all;
  }

  private static FileStatus[] files(FileSystem fs, Path folder) throws IOException {
    try {
      return fs.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  /** Empty where the file went since it was listed. */
  private static Optional<String> text(FileSystem fs, Path file) throws IOException {
    try {
      return Optional.of(AtomicFile.read(fs, file));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  Path file(Path folder) {
    return new Path(folder, PREFIX + number);
  }

  /** What its holder renews. */
  Path beat(Path folder) {
    return new Path(folder, PREFIX + number + ".beat");
  }

  /** Whether its file is there, and says the same. */
  boolean stands(FileSystem fs, Path folder) throws IOException {
    return text(fs, file(folder)).filter(text::equals).isPresent();
  }

  /** A name that no other claim has, whatever its number. */
  String name() {
    return number + "-" + Fingerprint.of(text).substring(0, 16);
  }

  /** Its process; empty where the text is none. */
  Optional<LeaseHolder> holder() {
    return LeaseHolder.of(text);
  }
}
