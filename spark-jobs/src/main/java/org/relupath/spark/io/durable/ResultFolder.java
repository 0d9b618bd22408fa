package org.relupath.spark.io.durable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.util.functional.InvocationRaisingIOE;

/** A folder of results in the making: an {@link OutputDirectory}, or a folder inside of one. */
public interface ResultFolder {
  /** Where a file of that name is to be written for now; Spark's writers take it. */
  String path(String name);

  /** Opens a file for writing; the caller closes it. */
  OutputStream open(String name) throws IOException;

  /**
   * Does what writes into the folder.
   *
   * @throws OutputException naming the folder, where it fails for want of space or the like
   */
  void writing(InvocationRaisingIOE writing) throws IOException;

  /**
   * Ends the folder, or one in it, with a manifest of all files that are there by now.
   *
   * @param prefix empty, or the name of a folder with its slash
   * @param manifest what the result was made from
   */
  void seal(String prefix, Map<String, Object> manifest) throws IOException;

  /** The folder as it will be called. */
  String target();

  /** Writes a text file; folders in its name are made. */
  default void write(String name, String text) throws IOException {
    writing(
        () -> {
          try (OutputStream out = open(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /**
   * A folder in this one.
   *
   * @param folder its name, without a slash at the end
   */
  default ResultFolder in(String folder) {
    return new InnerFolder(this, folder);
  }
}
