package org.relupath.spark.config;

import java.util.ArrayList;
import java.util.List;

/** Keys of reference.conf by what they are about: commands take whole groups of them as options. */
public final class Keys {
  /** Which rows, and which of their columns. */
  public static final List<String> DATA =
      of(
          "input format delimiter header label task features categorical missing dates id drop"
              + " sample-rows positive weights valid valid-fraction test");

  /** Which convex program. */
  public static final List<String> MODEL =
      of(
          "model gates gate-source search-starts search-tolerance enumeration-limit seed"
              + " standardize intercept center-label label-mapping class-weights loss-scaling");

  /** How it is solved, and where. */
  public static final List<String> SOLVER =
      of("tolerance max-iterations time-limit engine segments");

  /** The lambda of a fit. */
  public static final List<String> FIT = of("lambda lambda-ratio");

  /** The lambdas of a path. */
  public static final List<String> PATH = of("lambdas certify lambda-max lambda-min-ratio choose");

  /** Rows that may take the place of those of an earlier run. */
  public static final List<String> ROWS = of("input format delimiter header valid test");

  /** What is made of scores. */
  public static final List<String> SCORES = of("probabilities threshold");

  /** When a solve ends at the latest. */
  public static final List<String> LIMITS = of("max-iterations time-limit");

  /** Where results go. */
  public static final List<String> OUTPUT = of("output overwrite");

  private static final List<String> STUDY =
      of(
          "datasets models gate-counts seeds folds splits split-valid split-test choose analyses"
              + " label features categorical missing dates id drop format delimiter header"
              + " sample-rows positive weights gate-source search-starts"
              + " search-tolerance seed standardize intercept center-label label-mapping"
              + " class-weights loss-scaling lambda lambdas lambda-min-ratio tolerance max-iterations time-limit"
              + " segments");

  private Keys() {}

  /** The keys of a text that has blanks between them. */
  public static List<String> of(String keys) {
    return List.of(keys.split(" "));
  }

  /** The keys that a study's results depend on, beside its data. */
  public static List<String> study() {
    return STUDY;
  }

  /** The keys that a study takes: its data sets are a section of the file of --config. */
  public static List<String> studyOptions() {
    List<String> single = STUDY.stream().filter(key -> !key.equals("datasets")).toList();
    return join(single, OUTPUT, of("resume"));
  }

  /** The keys that training on rows takes, wherever the rows come from. */
  public static List<String> training() {
    List<String> rows =
        of("label features categorical missing dates drop positive weights" + " valid-fraction");
    return join(rows, MODEL, FIT, PATH, SOLVER, of("solver analyze"), SCORES);
  }

  /** The keys that say which convex program is meant, so that later commands take them over. */
  public static List<String> program() {
    return join(DATA, MODEL);
  }

  /** The keys of all groups, in order. */
  @SafeVarargs
  public static List<String> join(List<String>... groups) {
    List<String> keys = new ArrayList<>();
    for (List<String> group : groups) {
      keys.addAll(group);
    }
    return List.copyOf(keys);
  }
}
