package org.relupath.spark.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.relupath.spark.config.Reference;
import org.relupath.spark.run.Job;

/**
 * A command.
 *
 * @param name what the user types
 * @param description what help says
 * @param keys the keys of reference.conf that it takes as options
 * @param required those it cannot do without
 * @param preset a configuration between the user's and reference.conf, as a resource; or null
 * @param job its work
 */
record Command(
    String name,
    String description,
    List<String> keys,
    List<String> required,
    String preset,
    Job job) {

  /** A command without a preset. */
  Command(String name, String description, List<String> keys, List<String> required, Job job) {
    this(name, description, keys, required, null, job);
  }

  /** The preset's values; empty without one. */
  Config defaults() {
    return preset == null ? ConfigFactory.empty() : Reference.resource(preset);
  }
}
