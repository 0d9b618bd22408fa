package org.relupath.spark.io.durable;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.util.functional.InvocationRaisingIOE;

/**
 * A folder of results inside another one, with which it appears.
 *
 * @param outer the folder around it
 * @param name of this folder in there
 */
record InnerFolder(ResultFolder outer, String name) implements ResultFolder {
  @Override
  public String path(String file) {
    return outer.path(name + "/" + file);
  }

  @Override
  public OutputStream open(String file) throws IOException {
    return outer.open(name + "/" + file);
  }

  @Override
  public void writing(InvocationRaisingIOE writing) throws IOException {
    outer.writing(writing);
  }

  @Override
  public void seal(String prefix, Map<String, Object> manifest) throws IOException {
    outer.seal(name + "/" + prefix, manifest);
  }

  @Override
  public String target() {
    return outer.target() + "/" + name;
  }
}
