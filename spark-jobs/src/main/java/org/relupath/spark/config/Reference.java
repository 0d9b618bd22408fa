package org.relupath.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * reference.conf: the one place where keys, defaults and their help texts are written down.
 *
 * @param config its keys, with their comments
 */
public record Reference(Config config) {
  /** The {@link #valueName} of a key whose option takes no value, and sets it to true. */
  public static final String FLAG = "FLAG";

  private static final String FOLDER = "org/relupath/";

  /** Reads reference.conf, which the application brings along. */
  public static Reference load() {
    return new Reference(resource("reference.conf"));
  }

  /** A file of conf/ that the application brings along. */
  public static Config resource(String name) {
    return ConfigFactory.parseResources(
        Reference.class.getClassLoader(),
        FOLDER + name,
        ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /** All keys that a configuration may have. */
  public Set<String> keys() {
    return config.root().keySet();
  }

  /** Keys in the order of the file. */
  public List<String> ordered() {
    List<String> keys = new ArrayList<>(keys());
    keys.sort(Comparator.comparingInt(key -> config.root().get(key).origin().lineNumber()));
    return keys;
  }

  /** What stands for the value in help texts: the comment's word before the colon. */
  public String valueName(String key) {
    return comment(key).split(":", 2)[0].trim();
  }

  /**
   * The comment after its first colon, with the default where there is one.
   *
   * @param preset a command's own defaults, over those of the file
   */
  public String help(String key, Config preset) {
    String text = text(key);
    Config merged = preset.withFallback(config);
    boolean none = merged.root().get(key).valueType() == ConfigValueType.NULL;
    // As text, a number is what the file says: 1e-8 and not 1.0E-8.
    return none ? text : text + " Default: " + merged.getString(key) + ".";
  }

  /** The comment after its first colon: what the key means. */
  public String text(String key) {
    return comment(key).split(":", 2)[1].trim();
  }

  private String comment(String key) {
    // Section headings are comments too, but a blank line keeps them apart.
    return String.join(
        " ", config.root().get(key).origin().comments().stream().map(String::trim).toList());
  }
}
