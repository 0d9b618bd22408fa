package org.relupath.spark.io;

/**
 * A file or folder that a run reads, and that its output must therefore neither take the place of
 * nor be inside of.
 *
 * @param option what names it, for messages, such as {@code --input}
 * @param path as it was given
 */
public record ReadPath(String option, String path) {
  /** The path with the option that names it, as refusals begin. */
  public String named() {
    return option + " " + path;
  }
}
