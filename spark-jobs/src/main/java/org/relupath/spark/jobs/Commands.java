package org.relupath.spark.jobs;

import java.util.List;

/** The commands there are. */
final class Commands {
  private Commands() {}

  static List<Command> all() {
    return List.of();
  }
}
