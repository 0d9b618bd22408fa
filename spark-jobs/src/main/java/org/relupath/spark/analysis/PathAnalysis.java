package org.relupath.spark.analysis;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.homotopy.Event;
import org.relupath.core.path.homotopy.Events;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.table.CsvTable;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.StoredSolution;

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

  /**
   * Analyses a path, a task a lambda; every lambda is solved on to a gap near 1e-12.
   *
   * @param training that solved it, still open
   * @throws BadInputException with engine rows, which has no matrix of all rows
   */
  public static PathAnalysis of(Training training, TrainedPath trained) {
    ProgramSolver solver = solver(training);
    List<PathPoint> path = trained.solved().points();
    LambdaAnalysis.Task task = LambdaAnalysis.Task.of(solver);
    List<StoredSolution> solutions = new ArrayList<>();
    path.forEach(point -> solutions.add(stored(point)));
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

  private static ProgramSolver solver(Training training) {
    return training
        .solver()
        .orElseThrow(
            () ->
                new BadInputException(
                    "engine: 'rows', expected driver, gates, lambdas or auto for an analysis"));
  }

  private static StoredSolution stored(PathPoint point) {
    return new StoredSolution(point.index(), point.lambda(), point.solution().weights());
  }

  private static PathPoint tight(PathPoint point, List<LambdaAnalysis> lambdas) {
    return new PathPoint(
        point.index(), point.lambda(), lambdas.get(point.index()).solution(), true);
  }

  /**
   * Analyses one network; it is solved on to a gap near 1e-12.
   *
   * @param training that solved it, still open
   * @throws BadInputException with engine rows, which has no matrix of all rows
   */
  public static LambdaAnalysis of(Training training, TrainedNetwork network) {
    ProgramSolver solver = solver(training);
    return solver
        .tasks()
        .map(
            "analysing",
            LambdaAnalysis.Task.of(solver),
            List.of(stored(network.point())),
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
