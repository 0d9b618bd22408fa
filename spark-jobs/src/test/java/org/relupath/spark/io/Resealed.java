package org.relupath.spark.io;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Run folders whose files were changed by somebody who makes the manifest say that they are right.
 */
public final class Resealed {
  private Resealed() {}

  /** Makes manifest.json list the files that are there. */
  public static void seal(Path folder) throws IOException {
    Path manifest = folder.resolve(ResultManifest.NAME);
    Map<String, Object> content = new LinkedHashMap<>();
    new ObjectMapper()
        .readTree(manifest.toFile())
        .fields()
        .forEachRemaining(field -> content.put(field.getKey(), field.getValue()));
    content.keySet().removeAll(List.of("files", "hash"));
    FileSystem fs = AtomicFile.beneath(FileSystem.getLocal(new Configuration()));
    Files.writeString(
        manifest, ResultManifest.text(content, fs, new org.apache.hadoop.fs.Path(folder.toUri())));
  }
}
