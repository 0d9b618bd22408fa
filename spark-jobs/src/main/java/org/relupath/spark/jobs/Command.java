package org.relupath.spark.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.relupath.spark.config.Reference;
import org.relupath.spark.run.Job;

/**
 * A command.
 *
 * @param name what the user types
 * @param description what help says
 * @param keys the keys of reference.conf that it takes as options
 * @param required those it cannot do without
 * @param others another option for a key, by the key, where its name is another key's
 * @param preset a configuration between the user's and reference.conf, as a resource; or null
 * @param job its work
 */
record Command(
    String name,
    String description,
    List<String> keys,
    List<String> required,
    Map<String, String> others,
    String preset,
    Job job) {

  /** A command without a preset, whose options have the names of its keys. */
  Command(String name, String description, List<String> keys, List<String> required, Job job) {
    this(name, description, keys, required, Map.of(), null, job);
  }

  /** The names of the option for a key, the key's own first. */
  String[] options(String key) {
    return others.containsKey(key)
        ? new String[] {"--" + key, others.get(key)}
        : new String[] {"--" + key};
  }

  /** The preset's values; empty without one. */
  Config defaults() {
    return preset == null ? ConfigFactory.empty() : Reference.resource(preset);
  }
}
