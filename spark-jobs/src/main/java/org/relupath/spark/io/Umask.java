package org.relupath.spark.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The file mode creation mask of this process. Hadoop gives files the permissions of a mask of its
 * own, and Spark those of its event logs; here they become what {@code touch} and {@code mkdir}
 * would give.
 */
public final class Umask {
  /** Hadoop's own mask. */
  public static final String KEY = "fs.permissions.umask-mode";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "Umask:";

  private Umask() {}

  /** The mask; empty where the system does not say. */
  static OptionalInt mask() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(LINE))
          .mapToInt(line -> Integer.parseInt(line.substring(LINE.length()).trim(), 8))
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * The mask as Hadoop spells it; null where Hadoop has one that somebody chose, or where files go
   * to a cluster's file system, whose mask is the cluster's business.
   */
  public static String forHadoop(Configuration hadoop) {
    String[] sources = hadoop.getPropertySources(KEY);
    boolean chosen = sources != null && !List.of(sources).contains("core-default.xml");
    boolean local = "file".equals(FileSystem.getDefaultUri(hadoop).getScheme());
    OptionalInt mask = mask();
    return chosen || !local || mask.isEmpty()
        ? null
        : String.format(Locale.ROOT, "%03o", mask.getAsInt());
  }

  /** Gives a file, or a folder with all that is in it, the permissions of something new. */
  public static void apply(Path path) throws IOException {
    OptionalInt mask = mask();
    if (mask.isEmpty() || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path one : walk.toList()) {
        int all = Files.isDirectory(one) ? 0777 : 0666;
        String symbols = new FsPermission((short) (all & ~mask.getAsInt())).toString();
        Files.setPosixFilePermissions(one, PosixFilePermissions.fromString(symbols));
      }
    }
  }
}
