package org.relupath.spark.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relupath.core.data.Observations;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.Json;

/** manifest.json: what a result was made from, for those who go on from it or doubt it. */
final class Manifest {
  private Manifest() {}

  /**
   * The manifest of a training command.
   *
   * @param input where the rows can be read again
   */
  static String of(JobContext context, TrainingData data, String input) {
    DataSettings settings = context.settings().data();
    Map<String, Object> manifest = begin(context, data.all(), input);
    manifest.put("label", settings.label());
    manifest.put("valid", settings.valid());
    manifest.put(
        "validFraction",
        settings.validFraction().isPresent() ? settings.validFraction().getAsDouble() : null);
    manifest.put("test", settings.test());
    manifest.put("seed", context.settings().model().seed());
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("input", data.all().rows());
    rows.put("train", data.train().rows());
    rows.put("valid", rows(data.valid()));
    rows.put("test", rows(data.test()));
    manifest.put("rows", rows);
    return Json.pretty(manifest);
  }

  /** The manifest of a command that has rows and learns nothing from them. */
  static String of(JobContext context, Observations rows, String input) {
    Map<String, Object> manifest = begin(context, rows, input);
    manifest.put("network", context.settings().network().network());
    manifest.put("run", context.settings().network().run());
    manifest.put("rows", Map.of("input", rows.rows()));
    return Json.pretty(manifest);
  }

  private static Map<String, Object> begin(JobContext context, Observations data, String input) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", "relupath-manifest");
    manifest.put("version", 1);
    manifest.put("command", context.command());
    manifest.put("configHash", Fingerprint.of(context.configuration().renderForHash()));
    manifest.put("dataHash", Fingerprint.of(data));
    manifest.put("codeHash", Fingerprint.ofCode(Main.class));
    manifest.put("versions", Versions.all());
    manifest.put("input", input);
    manifest.put("features", data.inputs());
    return manifest;
  }

  private static Integer rows(Observations observations) {
    return observations == null ? null : observations.rows();
  }
}
