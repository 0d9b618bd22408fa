package org.relupath.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.ReadPath;
import org.relupath.spark.io.rows.CsvCell;

/**
 * The configuration of a run: options over --set over the file of --config over the command's
 * preset over reference.conf.
 *
 * <p>Every value remembers where it came from, so that a refusal names the option or the line.
 * Commands that go on from an earlier run lay its settings under their own ({@link #over}).
 */
public final class ResolvedConfig {
  private final Reference reference;
  private final Config explicit;
  private final Config preset;
  private final Config merged;
  private final List<ReadPath> files;

  private ResolvedConfig(
      Reference reference, Config explicit, Config preset, List<ReadPath> files) {
    this.files = List.copyOf(files);
    this.reference = reference;
    this.explicit = explicit;
    this.preset = preset;
    merged = explicit.withFallback(preset).withFallback(reference.config());
  }

  /**
   * Lays the layers over each other.
   *
   * @param options option values by key
   * @param assignments the values of --set, in order, each key=value
   * @param configFile the value of --config, or null
   * @param preset the command's own defaults
   * @throws BadInputException for a key that reference.conf lacks, or a file that cannot be read
   */
  public static ResolvedConfig of(
      Reference reference,
      Map<String, String> options,
      List<String> assignments,
      String configFile,
      Config preset) {
    Config given = ConfigFactory.empty();
    for (Map.Entry<String, String> option : options.entrySet()) {
      given = with(given, option.getKey(), option.getValue(), "--" + option.getKey());
    }
    Config sets = ConfigFactory.empty();
    for (String set : assignments) {
      sets = withSet(reference, sets, set);
    }
    Set<File> included = new LinkedHashSet<>();
    Config file = file(reference, configFile, included);
    return new ResolvedConfig(
        reference,
        given.withFallback(sets).withFallback(file),
        preset,
        files(configFile, included));
  }

  private static List<ReadPath> files(String name, Set<File> included) {
    List<ReadPath> files = new ArrayList<>();
    if (name != null) {
      files.add(new ReadPath("--config", new File(name).getAbsolutePath()));
      for (File file : included) {
        files.add(new ReadPath("what --config includes,", file.getAbsolutePath()));
      }
    }
    return files;
  }

  /** The defaults of reference.conf. */
  public static ResolvedConfig defaults() {
    Config none = ConfigFactory.empty();
    return new ResolvedConfig(Reference.load(), none, none, List.of());
  }

  /** The files that it was read from, as far as they are the user's. */
  public List<ReadPath> files() {
    return files;
  }

  private static Config withSet(Reference reference, Config sets, String set) {
    int equals = set.indexOf('=');
    if (equals < 1) {
      throw new BadInputException("--set: '" + set + "', expected key=value");
    }
    String key = set.substring(0, equals).trim();
    // A key with dots is one inside a section.
    if (!reference.keys().contains(key.split("\\.", 2)[0])) {
      throw unknown("--set", key, reference);
    }
    return with(sets, key, set.substring(equals + 1), "--set " + key);
  }

  private static Config with(Config config, String key, String text, String origin) {
    Object value = text.strip().equals("null") ? null : text;
    return config.withValue(key, ConfigValueFactory.fromAnyRef(value, origin));
  }

  private static Config file(Reference reference, String name, Set<File> included) {
    if (name == null) {
      return ConfigFactory.empty();
    }
    File file = new File(name);
    if (!file.isFile()) {
      throw new BadInputException("--config " + name + ": no such file");
    }
    Config config;
    try {
      config = ConfigText.ofFile(file, included).resolve();
    } catch (ConfigException.IO e) {
      throw new BadInputException(
          "--config " + name + ": it, or a file it includes, cannot be read", e);
    } catch (ConfigException e) {
      throw new BadInputException("--config " + firstLine(e.getMessage()), e);
    }
    for (String key : config.root().keySet()) {
      if (!reference.keys().contains(key)) {
        throw unknown(
            "--config " + name + " line " + config.root().get(key).origin().lineNumber(),
            key,
            reference);
      }
    }
    return config;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static BadInputException unknown(String where, String key, Reference reference) {
    return new BadInputException(
        "%s: unknown key '%s', expected one of %s"
            .formatted(where, key, String.join(", ", reference.ordered())));
  }

  /**
   * This configuration with another layer, between the command's preset and reference.conf.
   *
   * @param base such as the settings of an earlier run
   */
  public ResolvedConfig over(Config base) {
    return new ResolvedConfig(reference, explicit, preset.withFallback(base), files);
  }

  /** The names in a section in alphabetical order; none where there is no such section. */
  public List<String> names(String section) {
    ConfigValue value = merged.root().get(section);
    if (value.valueType() == ConfigValueType.NULL) {
      return List.of();
    }
    if (!(value instanceof ConfigObject object)) {
      throw new BadInputException(name(section) + ": expected a section, a name for each part");
    }
    return object.keySet().stream().sorted().toList();
  }

  /**
   * The configuration of one part of a section: what it says itself over everything else.
   *
   * @param allowed the keys that it may say
   */
  public ResolvedConfig inside(String section, String part, List<String> allowed) {
    ConfigValue value = ((ConfigObject) merged.root().get(section)).get(part);
    String named = name(section) + "." + part;
    if (!(value instanceof ConfigObject own)) {
      throw new BadInputException(named + ": expected a section, such as { input = PATH }");
    }
    for (String key : own.keySet()) {
      if (!allowed.contains(key)) {
        throw new BadInputException(
            "%s: %s.%s: unknown key '%s', expected one of %s"
                .formatted(
                    own.get(key).origin().description(),
                    section,
                    part,
                    key,
                    String.join(", ", allowed)));
      }
    }
    return new ResolvedConfig(reference, own.toConfig().withFallback(explicit), preset, files);
  }

  /** The keys that the user gave a value, in the order of reference.conf. */
  public List<String> explicitKeys() {
    return reference.ordered().stream().filter(this::isExplicit).toList();
  }

  /** Whether the user gave this key a value. */
  public boolean isExplicit(String key) {
    ConfigValue value = explicit.root().get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  /** The value as it was written, lists joined by commas; null where there is none. */
  public String text(String key) {
    ConfigValue value = merged.root().get(key);
    return switch (value.valueType()) {
      case NULL -> null;
      case LIST -> String.join(",", list(key).stream().map(CsvCell::quote).toList());
      case OBJECT -> throw new BadInputException(name(key) + ": is a section, expected a value");
      case NUMBER, BOOLEAN, STRING -> merged.getString(ConfigUtil.quoteString(key));
    };
  }

  /** The items of a list, or of a text that has them between commas. */
  List<String> list(String key) {
    try {
      return merged.root().get(key).valueType() == ConfigValueType.LIST
          ? merged.getStringList(ConfigUtil.quoteString(key))
          : CsvCell.line(text(key));
    } catch (ConfigException e) {
      throw new BadInputException(name(key) + ": holds no texts, expected a list of them", e);
    }
  }

  /** How messages call the key: by the option, the --set, or the line of the file it came from. */
  public String name(String key) {
    ConfigValue value = explicit.root().get(key);
    if (value == null) {
      return "--" + key;
    }
    String origin = value.origin().description();
    return isFromFile(key) ? origin + ": " + key : origin;
  }

  /** Whether the value came from a file, rather than from an option or a program. */
  public boolean isFromFile(String key) {
    ConfigValue value = explicit.root().get(key);
    String origin = value == null ? key : value.origin().description();
    return !origin.startsWith("--") && !origin.equals(key);
  }

  /** A copy of this configuration that has another value for a key. */
  public ResolvedConfig with(String key, Object value) {
    return new ResolvedConfig(
        reference,
        explicit.withValue(key, ConfigValueFactory.fromAnyRef(value, key)),
        preset,
        files);
  }

  /** The whole configuration as a file for --config that repeats this run. */
  public String render() {
    return render(key -> true);
  }

  /** The configuration as text without the keys that cannot change a result, for hashing. */
  public String renderForHash() {
    Set<String> without =
        Set.of(
            "output",
            "overwrite",
            "resume",
            "input",
            "valid",
            "test",
            "run",
            "network",
            "warm-start");
    return render(key -> !without.contains(key));
  }

  /** Some keys of it as a file for --config. */
  public String render(Predicate<String> keys) {
    StringBuilder text = new StringBuilder();
    for (String key : reference.ordered()) {
      if (keys.test(key)) {
        ConfigValue value = merged.root().get(key);
        text.append(key)
            .append(" = ")
            .append(value.render(ConfigRenderOptions.concise()))
            .append('\n');
      }
    }
    return text.toString();
  }
}
