package org.relupath.spark.study;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.TextOptions;
import org.relupath.spark.config.Values;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.rows.Source;

/**
 * One data set of a study, checked as far as it can be without reading its rows.
 *
 * @param name what results call it: a letter, then letters, digits, dots, dashes, underscores
 * @param config the study's configuration with what the data set says itself
 * @param settings the configuration as checked values
 * @param source its files
 * @param published figures to show beside the study's own, by candidate
 */
public record StudyDataSet(
    String name,
    ResolvedConfig config,
    RunSettings settings,
    Source source,
    Map<String, Double> published) {
  /** The section of the configuration that names data sets. */
  public static final String SECTION = "datasets";

  /** What a data set may say itself. */
  private static final List<String> KEYS =
      List.of(
          "input",
          "format",
          "delimiter",
          "header",
          "label",
          "features",
          "categorical",
          "missing",
          "dates",
          "id",
          "drop",
          "sample-rows",
          "positive",
          "weights",
          "standardize",
          "intercept",
          "center-label",
          "label-mapping",
          "class-weights",
          Published.KEY);

  /** What a data set may say itself, but for where its rows are. */
  static List<String> settingsKeys() {
    return KEYS.stream().filter(key -> !key.equals("input")).toList();
  }

  /** All data sets of a configuration, in alphabetical order. */
  static List<StudyDataSet> all(ResolvedConfig config, Configuration hadoop) {
    List<String> names = config.names(SECTION);
    if (names.isEmpty()) {
      throw new BadInputException(
          "--config: no data sets, expected a file with datasets { NAME { input = PATH } }");
    }
    List<StudyDataSet> all = names.stream().map(name -> of(name, config, hadoop)).toList();
    TextOptions.refuseUnused(config, all.stream().map(StudyDataSet::source).toArray(Source[]::new));
    return all;
  }

  private static StudyDataSet of(String name, ResolvedConfig config, Configuration hadoop) {
    String named = SECTION + "." + name;
    if (!name.matches("[A-Za-z][A-Za-z0-9._-]*")) {
      throw new BadInputException(
          named + ": expected a name of a letter, then letters, digits, '.', '-' or '_'");
    }
    ResolvedConfig own = config.inside(SECTION, name, KEYS);
    RunSettings settings = RunSettings.of(own);
    DataSettings data = settings.data();
    if (data.input() == null) {
      throw new BadInputException(named + ": input is missing, expected the path of its rows");
    }
    Source source = Source.open(named + " input", data.input(), data.format(), data.text(), hadoop);
    TextOptions.refuseUnused(own, config, source);
    return new StudyDataSet(name, own, settings, source, Published.of(new Values(own)));
  }
}
