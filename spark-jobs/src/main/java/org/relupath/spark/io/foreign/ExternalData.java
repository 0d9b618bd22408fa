package org.relupath.spark.io.foreign;

/** Files beside a model that hold its numbers. */
public interface ExternalData {
  /**
   * The bytes of a file.
   *
   * @param name in the folder of the model
   */
  byte[] read(String name);
}
