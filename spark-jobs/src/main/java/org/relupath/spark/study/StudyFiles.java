package org.relupath.spark.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Label;
import org.relupath.core.solve.Status;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.result.GridEdge;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Versions;
import org.relupath.spark.study.unit.NetworkUnit;
import org.relupath.spark.study.unit.PathUnit;
import org.relupath.spark.study.unit.StudySplits;
import org.relupath.spark.train.SearchResult;

/**
 * The files of a finished study.
 *
 * @param settings what was asked
 * @param units the work, in order
 * @param results what came of each unit
 * @param paths the results of all units of a path, put together
 * @param choices what every rule chooses
 * @param networks the chosen networks' units
 * @param fits what came of each of them
 */
public record StudyFiles(
    StudySettings settings,
    List<PathUnit> units,
    List<PathUnit.Result> results,
    List<StudyPaths> paths,
    List<StudyChoice> choices,
    List<NetworkUnit> networks,
    List<NetworkUnit.Result> fits) {

  /** What falls short of optimal in rows and networks, in one line; null where nothing does. */
  public String shortfall() {
    long rows = pathRows().filter(open()).count();
    long own = fits.stream().map(NetworkUnit.Result::row).filter(open()).count();
    return rows + own == 0
        ? null
        : String.format(
            Locale.ROOT,
            "%d of %d rows and %d of %d networks are not optimal (column status of results), the"
                + " largest relative gap is %.1e, asked for %s",
            rows,
            rows(),
            own,
            fits.size(),
            worstGap(),
            settings.grid().limits().tolerance());
  }

  private static Predicate<PathRow> open() {
    return row -> row.status() != Status.OPTIMAL;
  }

  /** How many rows miss the tolerance. */
  long missed() {
    double tolerance = settings.grid().limits().tolerance();
    return pathRows().filter(row -> !(row.relativeGap() <= tolerance)).count();
  }

  /** The largest relative gap of all rows and networks. */
  public double worstGap() {
    return Stream.concat(pathRows(), fits.stream().map(NetworkUnit.Result::row))
        .mapToDouble(PathRow::relativeGap)
        .max()
        .orElse(0);
  }

  /** The largest searched gap of all rows; null where no patterns were searched for. */
  public Double worstSearchedGap() {
    return pathRows()
        .map(PathRow::searchedGap)
        .filter(Objects::nonNull)
        .max(Double::compare)
        .orElse(null);
  }

  private Stream<PathRow> pathRows() {
    return results.stream().flatMap(result -> result.rows().stream());
  }

  /** How many rows the results have. */
  public long rows() {
    return pathRows().count();
  }

  /** Writes all tables. */
  public void write(SparkSession spark, OutputDirectory output) throws IOException {
    new StudyTables(this).write(spark, output);
  }

  /** The folder of a chosen network, with its slash. */
  public static String folder(NetworkUnit unit) {
    return "networks/" + unit.key().dataSet() + "/" + Label.of(unit.key().model()) + "/";
  }

  /** What to be aware of: patterns left out, and best lambdas at an end of their grid. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    limited(warnings, "paths", results.stream().map(PathUnit.Result::limitReached).toList());
    limited(warnings, "networks", fits.stream().map(NetworkUnit.Result::limitReached).toList());
    SearchResult.open(
            pathRows().map(PathRow::searchedGap).filter(Objects::nonNull).toList(),
            settings.dataSets().get(0).settings().model().gateSource().search().tolerance())
        .ifPresent(warnings::add);
    for (StudyChoice choice : choices) {
      GridEdge edge = GridEdge.of(choice.index(), settings.grid().lambdas());
      if (settings.grid().lambda() == null && choice.chosen() && edge != GridEdge.NONE) {
        String network = choice.dataset() + ", " + choice.model() + ": ";
        warnings.add(network + edge.warning(choice.lambdaRatio()));
      }
    }
    return warnings;
  }

  /** Adds a warning where searches for patterns reached their limit. */
  public static void limited(List<String> warnings, String what, List<Boolean> reached) {
    long limited = reached.stream().filter(one -> one).count();
    if (limited > 0) {
      warnings.add(
          "%d of %d searches for the patterns of %s reached their limit (--gate-counts)"
              .formatted(limited, reached.size(), what));
    }
  }

  /** summary.json. */
  private record Summary(
      List<String> dataSets,
      List<String> models,
      GateSource.Kind gateSource,
      List<Integer> gateCounts,
      List<Long> seeds,
      Integer folds,
      Integer splits,
      StudySplits.Shares shares,
      Double lambda,
      int lambdas,
      int units,
      long rows,
      double tolerance,
      double worstRelativeGap,
      Double worstSearchedGap,
      String status,
      String statusReason,
      List<String> warnings,
      Map<String, String> versions,
      Map<String, Double> seconds) {}

  /**
   * summary.json.
   *
   * @param shortfall what falls short of optimal, or null
   * @param warnings what to be aware of
   */
  public String summary(Phases phases, String shortfall, List<String> warnings) {
    StudySplits splits = settings.grid().splits();
    return Json.pretty(
        new Summary(
            settings.dataSets().stream().map(StudyDataSet::name).toList(),
            settings.models().stream().map(Label::of).toList(),
            settings.gateSource().kind(),
            settings.gateCounts(),
            settings.seeds(),
            splits.shares() == null ? splits.count() : null,
            splits.shares() == null ? null : splits.count(),
            splits.shares(),
            settings.grid().lambda(),
            settings.grid().lambdas(),
            units.size(),
            rows(),
            settings.grid().limits().tolerance(),
            worstGap(),
            worstSearchedGap(),
            shortfall == null ? Status.OPTIMAL.label() : "not converged",
            shortfall,
            warnings,
            Versions.all(),
            phases.seconds()));
  }
}
