package org.relupath.spark.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.relupath.core.data.Label;
import org.relupath.core.data.Observations;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.GenerateSettings;
import org.relupath.spark.data.Part;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.Fingerprint;

/**
 * What a result was made from, for those who go on from it or doubt it: the part of manifest.json
 * that its files do not say.
 */
public final class Manifest {
  /** The labels of which one is fitted against all others, texts or numbers. */
  public static final String CLASSES = "classes";

  private Manifest() {}

  /**
   * The manifest of a training command.
   *
   * @param input where the rows can be read again
   */
  static Map<String, Object> of(JobContext context, RunRows data, String input) {
    Map<String, Object> manifest = begin(context, data.hash(), data.inputs(), input);
    DataSettings settings = context.settings().data();
    List<String> labels = settings.labels();
    manifest.put("label", labels.size() == 1 ? labels.get(0) : labels);
    if (data instanceof TrainingData rows && !rows.labels().isEmpty()) {
      manifest.put(CLASSES, rows.labels());
    }
    manifest.put("weights", settings.columns().weights());
    manifest.put("classWeights", Label.of(context.settings().model().classWeights()));
    manifest.put("valid", absolute(context, settings.valid()));
    manifest.put(
        "validFraction",
        settings.validFraction().isPresent() ? settings.validFraction().getAsDouble() : null);
    manifest.put("test", absolute(context, settings.test()));
    manifest.put("seed", context.settings().model().seed());
    manifest.put("run", absolute(context, context.settings().network().run()));
    manifest.put("network", absolute(context, context.settings().network().network()));
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("input", data.count());
    rows.put("train", data.count(Part.TRAIN));
    rows.put("valid", data.count(Part.VALID));
    rows.put("test", data.count(Part.TEST));
    manifest.put("rows", rows);
    return manifest;
  }

  /** The manifest of rows that were made here. */
  public static Map<String, Object> ofGenerated(
      JobContext context, List<String> features, GenerateSettings settings) {
    Map<String, Object> manifest = begin(context, null, features, null);
    manifest.put("label", settings.label());
    manifest.put("seed", context.settings().model().seed());
    manifest.put("rows", Map.of("output", settings.rows()));
    return manifest;
  }

  /** The manifest of a command that has rows and learns nothing from them. */
  public static Map<String, Object> of(JobContext context, Observations rows, String input) {
    Map<String, Object> manifest = begin(context, Fingerprint.of(rows), rows.inputs(), input);
    manifest.put("network", absolute(context, context.settings().network().network()));
    manifest.put("run", absolute(context, context.settings().network().run()));
    manifest.put("rows", Map.of("input", rows.rows()));
    return manifest;
  }

  /** The manifest of a command that went on from each output of an earlier run, or of a network. */
  public static Map<String, Object> of(JobContext context) {
    Map<String, Object> manifest = begin(context, null, null, context.settings().data().input());
    manifest.put("network", absolute(context, context.settings().network().network()));
    manifest.put("run", absolute(context, context.settings().network().run()));
    return manifest;
  }

  private static Map<String, Object> begin(
      JobContext context, String dataHash, List<String> features, String input) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", context.command());
    manifest.put("configHash", Fingerprint.of(context.configuration().renderForHash()));
    manifest.put("dataHash", dataHash);
    manifest.put("codeHash", Fingerprint.ofCode(Manifest.class));
    manifest.put("versions", Versions.all());
    manifest.put("input", absolute(context, input));
    manifest.put("features", features);
    return manifest;
  }

  /** A path as it can be found from any folder; null for none. */
  public static String absolute(JobContext context, String path) {
    return absolute(context.hadoop(), path);
  }

  /** A path as it can be found from any folder; null for none. */
  public static String absolute(Configuration hadoop, String path) {
    if (path == null) {
      return null;
    }
    try {
      Path given = new Path(path);
      Path full = given.getFileSystem(hadoop).makeQualified(given);
      return full.toUri().getScheme().equals("file") ? full.toUri().getPath() : full.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be reached", e);
    }
  }
}
