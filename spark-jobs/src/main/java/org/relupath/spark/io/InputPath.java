package org.relupath.spark.io;

import java.io.EOFException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file or folder that a user named, on any file system Hadoop reaches. A name is a name: no
 * character of it is a pattern.
 *
 * @param named how messages call it: the option and the name
 * @param path where it is
 */
public record InputPath(String named, Path path, FileSystem fs) {
  private static final Logger LOG = LoggerFactory.getLogger(InputPath.class);

  /** Schemes that are downloads, and no file systems. */
  private static final Set<String> DOWNLOADS = Set.of("http", "https", "ftp", "sftp");

  /**
   * Finds the file system of a name, without looking whether there is such a file.
   *
   * @param option the option that named it, for messages
   * @param name as the user gave it
   * @param hadoop how to reach file systems
   * @throws BadInputException where no file system here has such names
   */
  public static InputPath of(String option, String name, Configuration hadoop) {
    return of(option, "", name, hadoop);
  }

  /** Finds the file system of a name that stands behind a word of its option, such as file:. */
  public static InputPath of(String option, String before, String name, Configuration hadoop) {
    String named = option + " " + before + name;
    try {
      Path path = path(name);
      String scheme = path.toUri().getScheme();
      if (scheme != null && DOWNLOADS.contains(scheme)) {
        throw new BadInputException(
            named + ": is not downloaded, expected a path of this machine or of a file system");
      }
      return new InputPath(named, path, fileSystem(path, hadoop));
    } catch (IOException | RuntimeException e) {
      throw failure(named, e);
    }
  }

  /** A local file may have a colon in its name, where Hadoop reads a scheme. */
  private static Path path(String name) {
    File local = new File(name);
    if (name.contains(":") && local.exists()) {
      return new Path(local.getAbsoluteFile().toURI());
    }
    return new Path(name);
  }

  /** What follows the last slash of a name, those at its end left aside. */
  public static String lastName(String name) {
    String plain = name.replaceFirst("/+$", "");
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  /**
   * The file system of a path. Local names with colons are beyond the one that looks for checksums.
   */
  public static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    return path.getName().contains(":") && fs instanceof LocalFileSystem local
        ? local.getRawFileSystem()
        : fs;
  }

  /**
   * Looks at it.
   *
   * @throws BadInputException where there is none, or it cannot be reached
   */
  public FileStatus status() {
    try {
      return fs.getFileStatus(path);
    } catch (FileNotFoundException e) {
      boolean pattern = path.getName().matches(".*[*?\\[\\]{}].*");
      throw new BadInputException(
          named
              + ": no such file or folder"
              + (pattern ? " (names are taken as they are, not as patterns)" : ""),
          e);
    } catch (IOException | RuntimeException e) {
      throw failure(named, e);
    }
  }

  /** Whether there is such a file or folder. */
  public boolean exists() {
    try {
      return fs.exists(path);
    } catch (IOException | RuntimeException e) {
      throw failure(named, e);
    }
  }

  /** What went wrong with it, in words for its owner; a refusal stays what it is. */
  public BadInputException failure(Throwable e) {
    return failure(named, e);
  }

  /**
   * What went wrong with a file, in words for its owner; a refusal stays what it is.
   *
   * @param named how messages call the file
   */
  public static BadInputException failure(String named, Throwable e) {
    BadInputException own = BadInputException.within(e);
    return own != null ? own : new BadInputException(named + ": " + reason(e), e);
  }

  /**
   * What went wrong with a file on an executor, in words for its owner. The cause goes to its log:
   * Spark loses exceptions that hold one that cannot be serialised.
   */
  public static BadInputException onExecutor(String named, Throwable e) {
    LOG.error("reading {}", named, e);
    return new BadInputException(failure(named, e).getMessage());
  }

  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String known = known(cause);
      if (known != null) {
        return known;
      }
    }
    return e instanceof IllegalArgumentException
        ? "is no name of a file"
        : "cannot be read: it is damaged or not whole";
  }

  private static String known(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof MalformedTextException) {
      return message;
    }
    if (e instanceof AccessControlException
        || e instanceof AccessDeniedException
        || (e instanceof FileNotFoundException && message.contains("Permission denied"))) {
      return "cannot be read: permission denied";
    }
    if (e instanceof FileNotFoundException) {
      return message.contains("irectory") ? "is a folder, expected a file" : "no such file";
    }
    if (e instanceof ChecksumException) {
      return "cannot be read: it is not what its checksum file says";
    }
    if (e instanceof ClassNotFoundException && message.contains("Codec")) {
      return "cannot be read: it is compressed by a codec that is not here";
    }
    if (e instanceof UnsupportedFileSystemException
        || e instanceof ClassNotFoundException
        || message.contains("Incomplete HDFS URI")) {
      return "cannot be read: there is no such file system here";
    }
    if (e instanceof UnknownHostException
        || e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || e instanceof SocketTimeoutException) {
      return "cannot be reached: no answer from its host";
    }
    return e instanceof EOFException ? "cannot be read: it ends too early" : null;
  }
}
