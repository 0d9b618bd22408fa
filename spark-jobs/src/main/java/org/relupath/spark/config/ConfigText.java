package org.relupath.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.net.URL;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Configurations as texts: nothing that they name is fetched. A file may include others, by their
 * paths from its folder, and they must be there; the text of a run's folder includes nothing.
 */
public final class ConfigText {
  /** How deep files may include each other. */
  private static final int DEPTH = 20;

  private ConfigText() {}

  /**
   * The configuration in a file.
   *
   * @param included gets the files that it includes
   * @throws ConfigException if it is none
   */
  static Config ofFile(File file, Set<File> included) {
    return ofFile(file, file.getPath(), DEPTH, included);
  }

  private static Config ofFile(File file, String name, int depth, Set<File> included) {
    Files includer = new Files(file.getAbsoluteFile().getParentFile(), depth - 1, included);
    return ConfigFactory.parseFile(
        file, options(includer).setAllowMissing(false).setOriginDescription(name));
  }

  /**
   * The configuration in a text that stands for itself.
   *
   * @throws ConfigException if it is none, or names what is elsewhere
   */
  public static Config of(String text) {
    Config config = ConfigFactory.parseString(text, options(new Files(null, 0, Set.of())));
    if (!config.isResolved()) {
      throw new ConfigException.Generic("refers to what it does not hold");
    }
    return config;
  }

  private static ConfigParseOptions options(ConfigIncluder includer) {
    return ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setIncluder(includer);
  }

  /** Includes files of a folder; of a null folder none. */
  private record Files(File folder, int depth, Set<File> included)
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    @Override
    public ConfigObject include(ConfigIncludeContext context, String name) {
      // As HOCON has it: by this name, or with the extension of a format.
      return Stream.of(name, name + ".conf", name + ".json")
          .map(File::new)
          .filter(file -> place(file).isFile())
          .findFirst()
          .map(file -> includeFile(context, file))
          .orElseGet(() -> includeFile(context, new File(name)));
    }

    private File place(File file) {
      return file.isAbsolute() ? file : new File(folder, file.getPath());
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File file) {
      File found = place(file);
      if (folder == null || depth <= 0 || !found.isFile()) {
        String expected =
            folder == null
                ? "a text without includes"
                : depth <= 0 ? "files that do not include each other" : "a file that is there";
        throw refusal(file.getPath(), expected);
      }
      included.add(found);
      return ofFile(found, found.getPath(), depth, included).root();
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
      throw refusal(url.toString(), "a file");
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String name) {
      throw refusal("classpath " + name, "a file");
    }

    private static ConfigException refusal(String name, String expected) {
      return new ConfigException.Generic("include '" + name + "': expected " + expected);
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder other) {
      return this;
    }
  }
}
