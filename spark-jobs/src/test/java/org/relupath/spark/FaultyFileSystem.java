package org.relupath.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** The local file system under another name, on which writing fails where a test says so. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  /** What paths on it begin with. */
  public static final String SCHEME = "faulty";

  /** Every write to this device fails as on a disk that is full. */
  public static final String FULL = "/dev/full";

  private static final URI NAME = URI.create(SCHEME + ":///");
  private static final List<String> CREATED = new CopyOnWriteArrayList<>();
  private static volatile Fault fault = path -> path;

  /** Says where a file is really made; {@link #FULL} is a place where nothing can be written. */
  @FunctionalInterface
  public interface Fault {
    /** Called with the path of every file that is about to be made; may fail. */
    String instead(String path) throws IOException;
  }

  /** Makes it known to all sessions of this JVM, and those to come. */
  public static void register() {
    String key = "fs." + SCHEME + ".impl";
    System.setProperty("spark.hadoop." + key, FaultyFileSystem.class.getName());
    SharedSpark.session()
        .sparkContext()
        .hadoopConfiguration()
        .set(key, FaultyFileSystem.class.getName());
  }

  /** From now on this happens; the list of files that were made begins anew. */
  public static void fail(Fault next) {
    CREATED.clear();
    fault = next;
  }

  /** The paths of all files that were made, or tried to. */
  public static List<String> created() {
    return List.copyOf(CREATED);
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  private static Path instead(Path path) throws IOException {
    CREATED.add(path.toUri().getPath());
    return new Path(fault.instead(path.toUri().getPath()));
  }

  /** All ways to make a file come to this one. */
  @Override
  protected OutputStream createOutputStreamWithMode(Path f, boolean append, FsPermission permission)
      throws IOException {
    Path real = instead(f);
    // A device keeps its own permissions.
    boolean device = real.toString().equals(FULL);
    return super.createOutputStreamWithMode(real, append, device ? null : permission);
  }
}
