package org.relupath.spark.io.durable;

import com.fasterxml.jackson.databind.JsonNode;
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
    JsonNode fields = new ObjectMapper().readTree(manifest.toFile());
    Map<String, Object> content = new LinkedHashMap<>();
    fields.fieldNames().forEachRemaining(name -> content.put(name, fields.get(name)));
    content.keySet().removeAll(List.of("files", "hash"));
    FileSystem fs = AtomicFile.beneath(FileSystem.getLocal(new Configuration()));
    Files.writeString(
        manifest, ResultManifest.text(content, fs, new org.apache.hadoop.fs.Path(folder.toUri())));
  }
}
