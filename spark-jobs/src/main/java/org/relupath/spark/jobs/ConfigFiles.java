package org.relupath.spark.jobs;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a configuration file may include: other files of this machine, which are remembered. Nothing
 * is fetched from elsewhere.
 */
final class ConfigFiles
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** For a configuration that stands alone. */
  static final ConfigIncluder NONE = new None();

  private final Set<String> files;
  private final ConfigIncluder standard;

  /** Remembers files, in the order in which they are included. */
  ConfigFiles() {
    this(new LinkedHashSet<>(), null);
  }

  private ConfigFiles(Set<String> files, ConfigIncluder standard) {
    this.files = files;
    this.standard = standard;
  }

  /** The files that were included so far. */
  List<String> files() {
    return new ArrayList<>(files);
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new ConfigFiles(files, fallback);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (what.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      return includeURL(context, url(what));
    }
    // What is beside the file, by this name or with an extension.
    for (String name : List.of(what, what + ".conf", what + ".json", what + ".properties")) {
      ConfigParseable beside = context.relativeTo(name);
      remember(beside == null ? null : beside.origin());
    }
    return standard.include(context, what);
  }

  private void remember(ConfigOrigin origin) {
    if (origin != null && origin.filename() != null && new File(origin.filename()).isFile()) {
      files.add(new File(origin.filename()).getAbsolutePath());
    }
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    files.add(what.getAbsolutePath());
    return ((ConfigIncluderFile) standard).includeFile(context, what);
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    if (!what.getProtocol().equals("file")) {
      throw refusal("include url(\"" + what + "\")");
    }
    return includeFile(context, new File(what.getPath()));
  }

  private static URL url(String what) {
    try {
      return new URL(what);
    } catch (MalformedURLException e) {
      throw refusal("include \"" + what + "\"");
    }
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return ((ConfigIncluderClasspath) standard).includeResources(context, what);
  }

  private static ConfigException refusal(String what) {
    return new ConfigException.Generic(what + ": expected a file of this machine");
  }

  /** Refuses to include anything. */
  private static final class None
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      throw refusal("include \"" + what + "\"");
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      throw refusal("include file(\"" + what + "\")");
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw refusal("include url(\"" + what + "\")");
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw refusal("include classpath(\"" + what + "\")");
    }
  }
}
