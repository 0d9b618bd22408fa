package org.relupath.spark.analysis;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.homotopy.Event;
import org.relupath.core.path.homotopy.Events;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.table.CsvTable;
import org.relupath.spark.train.ProgramSolver;
import org.relupath.spark.train.StoredSolution;

/**
 * What {@code --analyze} finds out about a path: every lambda's optimal set and sensitivity, and
 * the events in between.
 *
 * @param lambdas an analysis a lambda, largest first
 * @param intervals the events between neighbours, one fewer
 */
public record PathAnalysis(List<LambdaAnalysis> lambdas, List<Interval> intervals) {
  private static final List<String> EVENT_COLUMNS =
      List.of("index", "lambda", "event", "block", "row");

  private static final List<String> ANALYSIS_COLUMNS =
      List.of(
          "index",
          "lambda",
          "relativeGap",
          "optimalSetDimension",
          "mergedDimension",
          "functionDimension",
          "unique",
          "uniqueReason",
          "undecided",
          "df",
          "dfAbove",
          "dfBelow",
          "sensitivityReason",
          "eventsBefore",
          "eventsStatus",
          "eventsReason",
          "seconds");

  /**
   * The events of one interval of the grid.
   *
   * @param index of its smaller lambda
   * @param events in falling lambda
   * @param status how far they are known, as files spell it
   * @param reason why they are not all known; empty where they are
   */
  record Interval(int index, ArrayList<Event> events, String status, String reason)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    static Interval of(LambdaAnalysis.Task task, ArrayList<PathPoint> ends) {
      Events.Interval interval = new Events(task.program()).of(ends).get(0);
      String status = interval.status().name().toLowerCase(java.util.Locale.ROOT);
      return new Interval(
          ends.get(1).index(),
          new ArrayList<>(interval.events()),
          status.replace('_', '-'),
          interval.reason());
    }
  }

  /** Analyses a path on the executors. */
  public static PathAnalysis of(ProgramSolver solver, List<PathPoint> path, RunSettings settings) {
    LambdaAnalysis.Task task = LambdaAnalysis.Task.of(solver.program(), settings);
    List<StoredSolution> solutions = new ArrayList<>();
    path.forEach(
        p -> solutions.add(new StoredSolution(p.index(), p.lambda(), p.solution().weights())));
    List<LambdaAnalysis> lambdas =
        solver.tasks().map("analysing", task, solutions, LambdaAnalysis.Task::of);
    List<ArrayList<PathPoint>> neighbours = new ArrayList<>();
    for (int k = 1; k < path.size(); k++) {
      neighbours.add(
          new ArrayList<>(List.of(tight(path.get(k - 1), lambdas), tight(path.get(k), lambdas))));
    }
    return new PathAnalysis(
        lambdas, solver.tasks().map("events before", task, neighbours, Interval::of));
  }

  private static PathPoint tight(PathPoint point, List<LambdaAnalysis> lambdas) {
    return new PathPoint(
        point.index(), point.lambda(), lambdas.get(point.index()).solution(), true);
  }

  /** One lambda alone. */
  public static LambdaAnalysis of(
      ProgramSolver solver, StoredSolution solution, RunSettings settings) {
    return solver
        .tasks()
        .map(
            "analysing",
            LambdaAnalysis.Task.of(solver.program(), settings),
            List.of(solution),
            LambdaAnalysis.Task::of)
        .get(0);
  }

  /** The text of events.csv. */
  public String events(double unit) {
    CsvTable table = new CsvTable(EVENT_COLUMNS);
    for (Interval interval : intervals) {
      for (Event event : interval.events()) {
        table.row(
            interval.index(),
            event.lambda() / unit,
            event.kind().label(),
            event.block(),
            event.row() < 0 ? null : event.row());
      }
    }
    return table.text();
  }

  /** The text of events.csv without an analysis: its header. */
  public static String noEvents() {
    return new CsvTable(EVENT_COLUMNS).text();
  }

  /** The text of analysis.csv: the figures behind path.csv's columns, and why some are missing. */
  public String table(double unit) {
    CsvTable table = new CsvTable(ANALYSIS_COLUMNS);
    for (LambdaAnalysis analysis : lambdas) {
      Interval before = analysis.index() == 0 ? null : intervals.get(analysis.index() - 1);
      OptimalSetSummary figures = analysis.figures();
      SensitivitySummary sensitivity = analysis.sensitivity();
      table.row(
          analysis.index(),
          analysis.solution().certificate().lambda() / unit,
          analysis.solution().certificate().relativeGap(),
          figures.dimension(),
          figures.mergedDimension(),
          figures.functionDimension(),
          figures.unique(),
          figures.uniqueness().get("reason"),
          figures.undecided(),
          sensitivity.df(),
          sensitivity.dfAbove(),
          sensitivity.dfBelow(),
          sensitivity.reason(),
          before == null ? null : before.events().size(),
          before == null ? null : before.status(),
          before == null ? null : before.reason(),
          analysis.seconds());
    }
    return table.text();
  }
}
