package org.relupath.spark.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** reference.conf: the one place where keys, defaults and their help texts are written down. */
final class Reference {
  private static final String FOLDER = "org/relupath/";
  private final Config config;

  private Reference(Config config) {
    this.config = config;
  }

  static Reference load() {
    return new Reference(resource("reference.conf"));
  }

  /** A file of conf/ that the application brings along. */
  static Config resource(String name) {
    return ConfigFactory.parseResources(
        Reference.class.getClassLoader(),
        FOLDER + name,
        ConfigParseOptions.defaults().setAllowMissing(false));
  }

  Config config() {
    return config;
  }

  Set<String> keys() {
    return config.root().keySet();
  }

  /** Keys in the order of the file. */
  List<String> ordered() {
    List<String> keys = new ArrayList<>(keys());
    keys.sort(Comparator.comparingInt(key -> config.root().get(key).origin().lineNumber()));
    return keys;
  }

  /** What stands for the value in help texts: the comment's word before the colon. */
  String valueName(String key) {
    return comment(key).split(":", 2)[0].trim();
  }

  /** The comment after its first colon, with the default where there is one. */
  String help(String key) {
    String text = comment(key).split(":", 2)[1].trim();
    boolean none = config.root().get(key).valueType() == ConfigValueType.NULL;
    return none ? text : text + " Default: " + config.root().get(key).unwrapped() + ".";
  }

  private String comment(String key) {
    // Section headings are comments too, but a blank line keeps them apart.
    return String.join(
        " ", config.root().get(key).origin().comments().stream().map(String::trim).toList());
  }
}
