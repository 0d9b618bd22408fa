package org.relupath.spark.study.optimal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.prune.PruningRow;
import org.relupath.spark.study.StudyChoice;
import org.relupath.spark.study.StudyDataSet;
import org.relupath.spark.study.StudyFiles;
import org.relupath.spark.study.StudySettings;
import org.relupath.spark.study.page.OptimalSection;
import org.relupath.spark.study.unit.StudyKey;

/**
 * What came of the optimal networks of all splits.
 *
 * @param units the work, in order
 * @param results what came of each
 * @param experiments the units of one key together, by it
 */
public record OptimalStudy(
    List<OptimalUnit> units, List<OptimalUnit.Result> results, List<Experiment> experiments) {

  /** A line of optimal-sets.csv. */
  private record SetRow(Repetition repetition, SetFigures figures) {}

  /** A line of candidates.csv. */
  private record CandidateRow(Repetition repetition, CandidateFigures figures) {}

  /** A line of pruning.csv. */
  private record PrunedRow(Repetition repetition, PruningRow figures) {}

  /**
   * The repetitions of one experiment.
   *
   * @param key what they are repetitions of
   * @param networks its networks in words
   * @param results one a split and seed
   * @param candidates medians of their candidates
   * @param pruned medians of their pruned networks
   */
  record Experiment(
      StudyKey key,
      String networks,
      List<OptimalUnit.Result> results,
      List<CandidateMedian> candidates,
      List<PruningMedian> pruned) {
    /** With the figures of its data set that were published elsewhere, by candidate. */
    static Experiment of(
        StudyKey key,
        String networks,
        List<OptimalUnit.Result> results,
        Map<String, Double> published) {
      return new Experiment(
          key,
          networks,
          results,
          CandidateMedian.of(key, results, published),
          PruningMedian.of(key, results));
    }
  }

  /** The units of a study: every split and seed of each key, at the lambda that its rule chose. */
  public static List<OptimalUnit> units(
      StudySettings settings, List<StudyKey> keys, List<StudyChoice> choices) {
    List<OptimalUnit> units = new ArrayList<>();
    if (settings.analyses().isEmpty()) {
      return units;
    }
    for (int i = 0; i < keys.size(); i++) {
      int index = settings.rule().of(choices, i).index();
      for (long seed : settings.seeds()) {
        for (int split = 0; split < settings.grid().splits().count(); split++) {
          units.add(new OptimalUnit(keys.get(i), seed, split, index, settings.analyses()));
        }
      }
    }
    return units;
  }

  /** Puts repetitions together. */
  public static OptimalStudy of(
      StudySettings settings, List<OptimalUnit> units, List<OptimalUnit.Result> results) {
    Map<String, Map<String, Double>> published =
        settings.dataSets().stream()
            .collect(Collectors.toMap(StudyDataSet::name, StudyDataSet::published));
    List<Experiment> experiments =
        units.stream()
            .map(OptimalUnit::key)
            .distinct()
            .map(
                key ->
                    Experiment.of(
                        key,
                        key.networks(settings.gateSource()),
                        IntStream.range(0, units.size())
                            .filter(i -> units.get(i).key().equals(key))
                            .mapToObj(results::get)
                            .toList(),
                        published.get(key.dataSet())))
            .toList();
    return new OptimalStudy(units, results, experiments);
  }

  /** Writes all tables; none where nothing was asked. */
  public void write(SparkSession spark, OutputDirectory output) throws IOException {
    if (units.isEmpty()) {
      return;
    }
    write(spark, output, "optimal-sets", SetRow.class, each(OptimalUnit.Result::sets, SetRow::new));
    List<CandidateRow> candidates = each(OptimalUnit.Result::candidates, CandidateRow::new);
    if (!candidates.isEmpty()) {
      write(spark, output, "candidates", CandidateRow.class, candidates);
      write(spark, output, "candidate-medians", CandidateMedian.class, all(Experiment::candidates));
    }
    List<PrunedRow> pruned = each(OptimalUnit.Result::pruned, PrunedRow::new);
    if (!pruned.isEmpty()) {
      write(spark, output, "pruning", PrunedRow.class, pruned);
      write(spark, output, "pruning-medians", PruningMedian.class, all(Experiment::pruned));
    }
  }

  private static <T extends Record> void write(
      SparkSession spark, OutputDirectory output, String name, Class<T> type, List<T> rows)
      throws IOException {
    new RecordTable<>(type, rows).write(spark, output, name);
  }

  private <T> List<T> all(Function<Experiment, List<T>> medians) {
    return experiments.stream().flatMap(one -> medians.apply(one).stream()).toList();
  }

  private <F, R> List<R> each(
      Function<OptimalUnit.Result, List<F>> figures, BiFunction<Repetition, F, R> row) {
    List<R> rows = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      Repetition repetition = Repetition.of(units.get(i));
      figures.apply(results.get(i)).forEach(one -> rows.add(row.apply(repetition, one)));
    }
    return rows;
  }

  /** Their part of the study's page. */
  public List<OptimalSection> sections() {
    return experiments.stream().map(Sections::of).toList();
  }

  /** What to be aware of: sets that are not known, patterns left out. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    long open = results.stream().filter(r -> !r.sets().get(0).resolved()).count();
    if (open > 0) {
      warnings.add(
          "on " + open + " of " + results.size() + " splits " + PolishedSolution.UNRESOLVED);
    }
    StudyFiles.limited(
        warnings,
        "optimal networks",
        results.stream().map(OptimalUnit.Result::limitReached).toList());
    return warnings;
  }

  /** What falls short of optimal, in one line; null where nothing does. */
  public String shortfall() {
    List<SetFigures> open =
        results.stream()
            .map(result -> result.sets().get(0))
            .filter(set -> set.status() != Status.OPTIMAL && set.status() != Status.ALMOST)
            .toList();
    return open.isEmpty()
        ? null
        : String.format(
            Locale.ROOT,
            "on %d of %d splits the solution was not solved on to a gap near 1e-12 (column status of"
                + " optimal-sets, the first ended by %s at %.1e): what is said of their optimal"
                + " networks is of networks near them",
            open.size(),
            results.size(),
            open.get(0).status().label(),
            open.get(0).relativeGap());
  }

  /** The files that a user will look at first. */
  public List<String> first() {
    List<String> files = new ArrayList<>();
    if (results.stream().anyMatch(result -> !result.candidates().isEmpty())) {
      files.add("candidate-medians.csv");
    }
    if (results.stream().anyMatch(result -> !result.pruned().isEmpty())) {
      files.add("pruning-medians.csv");
    }
    return files;
  }
}
