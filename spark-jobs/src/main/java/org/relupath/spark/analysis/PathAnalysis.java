package org.relupath.spark.analysis;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.homotopy.Event;
import org.relupath.core.path.homotopy.Events;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.table.RecordTable;
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

  /**
   * A line of events.csv.
   *
   * @param index of the smaller lambda of its interval
   * @param lambda where it happens, in the units of the loss scaling
   * @param row which row of X, where it is one's
   */
  private record EventRow(int index, double lambda, Event.Kind event, int block, Integer row)
      implements java.io.Serializable {}

  /** A line of analysis.csv: the figures behind path.csv's columns, and why some are missing. */
  private record Line(
      int index,
      double lambda,
      double relativeGap,
      Integer optimalSetDimension,
      Integer mergedDimension,
      Integer functionDimension,
      String unique,
      String uniqueReason,
      int undecided,
      Double df,
      Double dfAbove,
      Double dfBelow,
      String sensitivityReason,
      Integer eventsBefore,
      Events.Status eventsStatus,
      String eventsReason,
      double seconds) {
    static Line of(LambdaAnalysis analysis, Interval before) {
      PolishedSolution at = analysis.polished();
      OptimalSetSummary figures = analysis.figures();
      SensitivitySummary sensitivity = analysis.sensitivity();
      return new Line(
          at.lambdaIndex(),
          at.lambda(),
          at.relativeGap(),
          figures.dimension(),
          figures.mergedDimension(),
          figures.functionDimension(),
          figures.unique().label(),
          figures.decidedBy().reason(),
          figures.undecided(),
          sensitivity.df(),
          sensitivity.dfAbove(),
          sensitivity.dfBelow(),
          sensitivity.reason(),
          before == null ? null : (Integer) before.events().size(),
          before == null ? null : before.status(),
          before == null ? null : before.reason(),
          analysis.seconds());
    }
  }

  /**
   * The events of one interval of the grid.
   *
   * @param events in falling lambda
   * @param status how far they are known
   * @param reason why they are not all known; empty where they are
   */
  record Interval(ArrayList<EventRow> events, Events.Status status, String reason)
      implements java.io.Serializable {
    static Interval of(AnalysisTask task, ArrayList<PathPoint> ends) {
      Events.Interval interval = new Events(task.program()).of(ends).get(0);
      ArrayList<EventRow> events = new ArrayList<>();
      for (Event event : interval.events()) {
        events.add(
            new EventRow(
                ends.get(1).index(),
                event.lambda() / task.lossScale(),
                event.kind(),
                event.block(),
                event.row() < 0 ? null : (Integer) event.row()));
      }
      return new Interval(events, interval.status(), interval.reason());
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
    AnalysisTask task = AnalysisTask.of(solver);
    List<StoredSolution> solutions = new ArrayList<>();
    path.forEach(point -> solutions.add(stored(point)));
    List<LambdaAnalysis> lambdas =
        solver.tasks().map("analysing", task, solutions, AnalysisTask::analyse);
    List<ArrayList<PathPoint>> neighbours = new ArrayList<>();
    for (int k = 1; k < path.size(); k++) {
      neighbours.add(
          new ArrayList<>(
              List.of(polished(path.get(k - 1), lambdas), polished(path.get(k), lambdas))));
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

  private static PathPoint polished(PathPoint point, List<LambdaAnalysis> lambdas) {
    return new PathPoint(
        point.index(), point.lambda(), lambdas.get(point.index()).polished().solution(), true);
  }

  /**
   * Analyses one network; it is solved on to a gap near 1e-12.
   *
   * @param training that solved it, still open
   * @throws BadInputException with engine rows, which has no matrix of all rows
   */
  public static LambdaAnalysis of(Training training, TrainedNetwork network) {
    ProgramSolver solver = solver(training);
    List<StoredSolution> one = List.of(stored(network.point()));
    return solver
        .tasks()
        .map("analysing", AnalysisTask.of(solver), one, AnalysisTask::analyse)
        .get(0);
  }

  /** The text of events.csv; its header where there is no analysis. */
  public static String events(PathAnalysis analysis) {
    List<EventRow> events =
        analysis == null
            ? List.of()
            : analysis.intervals.stream().flatMap(one -> one.events().stream()).toList();
    return new RecordTable<>(EventRow.class, events).csv();
  }

  /** The text of analysis.csv. */
  public String table() {
    List<Line> lines = new ArrayList<>();
    for (LambdaAnalysis analysis : lambdas) {
      int index = analysis.polished().lambdaIndex();
      lines.add(Line.of(analysis, index == 0 ? null : intervals.get(index - 1)));
    }
    return new RecordTable<>(Line.class, lines).csv();
  }
}
