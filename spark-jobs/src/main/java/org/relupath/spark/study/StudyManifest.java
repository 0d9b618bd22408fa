package org.relupath.spark.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relupath.core.data.Observations;
import org.relupath.core.program.ConvexProgram;
import org.relupath.spark.config.Keys;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.Json;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Versions;
import org.relupath.spark.study.unit.StudyData;

/**
 * manifest.json of a study: what its results were made from. An unfinished study has it from the
 * start; only one of the same settings, data, code and versions may go on with it.
 *
 * @param text the file
 */
public record StudyManifest(String text) {

  /** The manifest of a study that is to be done with these rows. */
  public static StudyManifest of(
      JobContext context, StudySettings settings, Map<String, StudyData> data, int units) {
    Map<String, Map<String, Object>> sets = new LinkedHashMap<>();
    for (StudyDataSet set : settings.dataSets()) {
      Observations rows = data.get(set.name()).rows();
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("input", Manifest.absolute(context, set.settings().data().input()));
      own.put("features", rows.inputs());
      own.put("rows", rows.rows());
      own.put("dataHash", Fingerprint.of(rows));
      own.put("settings", values(set.config(), StudyDataSet.settingsKeys()));
      sets.put(set.name(), own);
    }
    List<String> keys = new ArrayList<>(Keys.study());
    keys.removeAll(StudyDataSet.settingsKeys());
    keys.remove(StudyDataSet.SECTION);
    Map<String, String> values = values(context.configuration(), keys);
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", context.command());
    manifest.put(
        "configHash", Fingerprint.of(Json.pretty(List.of(values, each(sets, "settings")))));
    manifest.put("dataHash", Fingerprint.of(Json.pretty(each(sets, "dataHash"))));
    manifest.put("codeHash", Fingerprint.ofCode(Manifest.class, ConvexProgram.class));
    manifest.put("versions", Versions.all());
    manifest.put("settings", values);
    manifest.put("dataSets", sets);
    manifest.put("units", units);
    return new StudyManifest(Json.pretty(manifest));
  }

  /** Its fields, in the order of the file. */
  public Map<String, Object> fields() {
    return new ObjectMapper().convertValue(tree(text), new TypeReference<>() {});
  }

  private static List<Object> each(Map<String, Map<String, Object>> sets, String field) {
    return sets.values().stream().map(set -> set.get(field)).toList();
  }

  private static Map<String, String> values(ResolvedConfig config, List<String> keys) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : keys) {
      values.put(key, canonical(config.text(key)));
    }
    return values;
  }

  /** One text for one value, whether it came from a file or an option. */
  private static String canonical(String text) {
    if (text == null) {
      return null;
    }
    return Stream.of(text.split(",", -1))
        .map(item -> number(item.strip()))
        .collect(Collectors.joining(","));
  }

  private static String number(String item) {
    boolean number = item.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
    boolean whole = item.matches("[-+]?[0-9]+");
    return number && !whole ? Double.toString(Double.parseDouble(item)) : item;
  }

  /**
   * Refuses to go on with another study.
   *
   * @param earlier the manifest of the one that is there; null if it has none
   * @param study what that one is called
   * @throws BadInputException naming the first difference
   */
  public void requireSame(String earlier, String study) {
    JsonNode there = tree(earlier);
    JsonNode here = tree(text);
    if (!there.path("command").asText().equals(here.path("command").asText())) {
      throw new BadInputException("--resume: the output folder is not that of a study");
    }
    requireSame(study, "", there.path("settings"), here.path("settings"));
    for (String name : names(there.path("dataSets"), here.path("dataSets"))) {
      JsonNode old = there.path("dataSets").path(name);
      JsonNode own = here.path("dataSets").path(name);
      String named = StudyDataSet.SECTION + "." + name;
      if (old.isMissingNode() || own.isMissingNode()) {
        throw new BadInputException(
            "--resume: " + named + (old.isMissingNode() ? " is not" : " is") + " in " + study);
      }
      requireSame(study, named + ".", old.path("settings"), own.path("settings"));
      if (!old.path("dataHash").equals(own.path("dataHash"))) {
        throw new BadInputException(
            "--resume: the rows of %s, %s, are not those that the study was started with"
                .formatted(named, own.path("input").asText()));
      }
    }
    requireSameCode(study, there.path("codeHash"), here.path("codeHash"));
    requireSame(study, "versions.", there.path("versions"), here.path("versions"));
  }

  /** Two hashes that are both missing say nothing. */
  private static void requireSameCode(String study, JsonNode there, JsonNode here) {
    if (!here.isTextual() || !there.isTextual()) {
      throw new BadInputException(
          ("--resume: the code %s was not read, expected jars or folders of classes on the "
                  + "driver's disk: it may not be the same")
              .formatted(here.isTextual() ? "of " + study : "that runs"));
    }
    if (!there.equals(here)) {
      throw new BadInputException(
          "--resume: the code is not that of %s: code hash %s, it has %s"
              .formatted(study, here.asText(), there.asText()));
    }
  }

  private static void requireSame(String study, String prefix, JsonNode there, JsonNode here) {
    for (String key : names(there, here)) {
      if (!there.path(key).equals(here.path(key))) {
        throw new BadInputException(
            "--resume: %s%s is %s, %s has %s"
                .formatted(
                    prefix,
                    key,
                    here.path(key).asText("missing"),
                    study,
                    there.path(key).asText("missing")));
      }
    }
  }

  private static Set<String> names(JsonNode one, JsonNode other) {
    Set<String> names = new TreeSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text == null ? "{}" : text);
    } catch (JsonProcessingException e) {
      throw new BadInputException("--resume: the manifest that is there is not json", e);
    }
  }
}
