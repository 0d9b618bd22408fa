package org.relupath.spark.config;

/**
 * Where results go.
 *
 * @param directory the folder to make
 * @param overwrite whether an existing one is replaced
 */
public record OutputSettings(String directory, boolean overwrite) {

  static OutputSettings of(Values values) {
    return new OutputSettings(values.path("output"), values.flag("overwrite"));
  }
}
