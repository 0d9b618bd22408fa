package org.relupath.spark.io.durable;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.security.CodeSource;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.ReadPath;

/**
 * The folder that --output names: where it really is, and whether a result may be there at all.
 *
 * <p>Symbolic links in the path are followed, the last one too: a link stays, and the folder that
 * it names is the output. What the run reads, the current and the home folder, mount points and
 * relupath itself are never inside it.
 *
 * @param named how messages call it
 * @param fs its file system; a local one without checksum files
 * @param target the folder itself
 */
record OutputPlace(String named, FileSystem fs, Path target) {

  /**
   * Finds the folder and refuses one that cannot be an output.
   *
   * @param directory as the user gave it, on any file system Hadoop reaches
   * @param reads all that the run reads
   * @param hadoop how to reach file systems
   * @throws BadInputException naming what is in the way
   */
  static OutputPlace of(String directory, List<ReadPath> reads, Configuration hadoop) {
    String named = "--output " + directory;
    try {
      Path given = new Path(directory);
      FileSystem fs = AtomicFile.fileSystem(given, hadoop);
      Path qualified = fs.makeQualified(given);
      if (qualified.getParent() == null) {
        throw new BadInputException(named + ": the root cannot be an output folder");
      }
      if (!isLocal(qualified)) {
        OutputPlace place = new OutputPlace(named, fs, qualified);
        for (ReadPath read : reads) {
          place.refuseQualified(read, hadoop);
        }
        return place;
      }
      java.nio.file.Path end = end(named, local(qualified));
      for (ReadPath read : reads) {
        refuseLocal(named, end, read, hadoop);
      }
      refuseProtected(named, end);
      return new OutputPlace(named, fs, new Path("file", null, end.toString()));
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(named + ": cannot be written: " + reason(e), e);
    }
  }

  /** Messages of java.nio are the path alone. */
  static String reason(Exception e) {
    if (e instanceof java.nio.file.AccessDeniedException denied) {
      return denied.getFile() + ": Permission denied";
    }
    return e.getMessage();
  }

  private static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static java.nio.file.Path end(String named, java.nio.file.Path path) throws IOException {
    PathTrail trail = PathTrail.of(path);
    if (!trail.links().isEmpty() && Files.isSymbolicLink(path) && !Files.exists(trail.end())) {
      throw new BadInputException(
          named + ": is a symbolic link to " + trail.end() + ", which is not there");
    }
    return trail.end();
  }

  private static void refuseLocal(
      String named, java.nio.file.Path target, ReadPath read, Configuration hadoop)
      throws IOException {
    Path qualified = qualified(read, hadoop);
    if (qualified != null && !isLocal(qualified)) {
      return;
    }
    java.nio.file.Path path =
        qualified == null ? java.nio.file.Path.of(read.path()) : local(qualified);
    PathTrail trail = PathTrail.of(path);
    if (trail.leadsInto(target)) {
      throw replacing(named, read);
    }
    if (Files.isDirectory(trail.end()) && PathTrail.of(target).leadsInto(trail.end())) {
      throw inside(named, read);
    }
  }

  private void refuseQualified(ReadPath read, Configuration hadoop) throws IOException {
    Path own = qualified(read, hadoop);
    if (within(own, target)) {
      throw replacing(named, read);
    }
    if (own != null
        && within(target, own)
        && fs.exists(own)
        && fs.getFileStatus(own).isDirectory()) {
      throw inside(named, read);
    }
  }

  private static boolean within(Path path, Path folder) {
    for (Path p = path; p != null; p = p.getParent()) {
      if (p.equals(folder)) {
        return true;
      }
    }
    return false;
  }

  /** The full path; null where Hadoop takes it for none, such as for a colon in its name. */
  private static Path qualified(ReadPath read, Configuration hadoop) throws IOException {
    try {
      Path given = new Path(read.path());
      return given.getFileSystem(hadoop).makeQualified(given);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static BadInputException replacing(String named, ReadPath read) {
    return new BadInputException(named + " would replace " + read.named() + ", expected another");
  }

  private static BadInputException inside(String named, ReadPath read) {
    return new BadInputException(
        "%s lies inside %s, which would no longer be what it is, expected a folder elsewhere"
            .formatted(named, read.named()));
  }

  private static void refuseProtected(String named, java.nio.file.Path target) throws IOException {
    refuseHolding(named, target, "", "the current folder");
    refuseHolding(named, target, System.getProperty("user.home"), "the home folder");
    refuseHolding(named, target, code(), "relupath itself");
    if (Files.isDirectory(target)
        && !Files.getAttribute(target, "unix:dev")
            .equals(Files.getAttribute(target.getParent(), "unix:dev"))) {
      throw new BadInputException(named + ": is a mount point, expected a folder in it");
    }
  }

  private static void refuseHolding(
      String named, java.nio.file.Path target, String kept, String what) throws IOException {
    if (kept != null && PathTrail.of(java.nio.file.Path.of(kept)).leadsInto(target)) {
      throw new BadInputException(named + ": is, or holds, " + what + ", expected another");
    }
  }

  /** The jar or folder that this class is from; null where it is no file. */
  private static String code() {
    CodeSource source = OutputPlace.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : new File(source.getLocation().toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether there is something. */
  boolean exists() throws IOException {
    return fs.exists(target);
  }

  /** A hidden neighbour. */
  Path neighbour(String suffix) {
    return new Path(target.getParent(), "." + target.getName() + suffix);
  }

  /** The folder as people write it. */
  String text() {
    return isLocal(target) ? target.toUri().getPath() : target.toString();
  }
}
