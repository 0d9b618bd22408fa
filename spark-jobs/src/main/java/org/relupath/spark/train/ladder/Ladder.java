package org.relupath.spark.train.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.relupath.core.gates.Seeds;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.train.SearchResult;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.choice.CrossValidation;
import org.relupath.spark.train.choice.ScoreCalibration;
import org.relupath.spark.train.program.LastSearch;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * The solutions of one output down a ladder of lambdas, solved as far as they are asked for.
 *
 * <pre>
 * rung k       starts from a prediction of rungs k - 1 and k - 2
 * fit(lambda)  starts from a prediction of the last two rungs above lambda
 * </pre>
 *
 * <p>A rung is solved once, by a solver that solves rungs alone; a fit by one of its own. So what a
 * fit gives is a function of its lambda, whatever else was asked for before or meanwhile. With
 * adaptive gates the patterns of a rung are those of the rung before and what its own lambda asks
 * for beside them, found by a search of its own: a rung is its program and its solution, and
 * nothing else goes from one to the next.
 *
 * <p>Safe for use by several threads, which wait for each other's rungs and for nothing else.
 */
final class Ladder {
  private final ProgramSolver first;
  private final String name;
  private final TrainingData data;
  private final RunSettings settings;
  private final double[] lambdas;
  private final AtomicInteger solves;
  private final PathSolver walk;
  private final List<Step> steps = new ArrayList<>();
  private final List<Rung> rungs = new ArrayList<>();

  /**
   * A solution and the patterns that it is over.
   *
   * @param evidence what a last search of all patterns found; null unless gates are adaptive
   */
  private record Step(Program program, PathPoint point, SearchEvidence evidence) {}

  /**
   * A ladder of which nothing is solved yet.
   *
   * @param first the program, of adaptive gates that over the first
   * @param name of the output
   * @param data its rows
   * @param lambdas of the rungs, in the solver's units, largest first
   * @param solves counts the lambdas that are solved
   */
  Ladder(
      ProgramSolver first,
      String name,
      TrainingData data,
      RunSettings settings,
      double[] lambdas,
      AtomicInteger solves) {
    this.first = first;
    this.name = name;
    this.data = data;
    this.settings = settings;
    this.lambdas = lambdas;
    this.solves = solves;
    this.walk = first.walk();
  }

  /**
   * The network of a lambda.
   *
   * @param absolute in the units of the loss scaling
   * @param count of rungs above it
   */
  FittedOutput fit(double absolute, int count) {
    double lambda = first.program().summary().absolute(absolute);
    List<Step> above = above(count);
    Step own =
        first.program().adapts() ? gathered(above, lambda) : solved(first.walk(), above, lambda);
    ProgramExporter exporter = new ProgramExporter(own.program, data);
    TrainedNetwork network =
        TrainedNetwork.of(
            exporter,
            own.point,
            own.point.solution().status(),
            new LowerBounds(own.program),
            own.evidence);
    return new FittedOutput(
        name,
        rungs(count),
        network,
        calibrated(network.network(), lambda),
        summary(own),
        Optional.of(own.program));
  }

  /** The first rungs, solved where they are not yet. */
  private List<Step> above(int count) {
    synchronized (steps) {
      if (count > 0 && steps.isEmpty() && segmented()) {
        for (PathPoint point : first.at(lambdas).segments()) {
          solves.incrementAndGet();
          add(new Step(first.program(), point, null));
        }
      }
      while (steps.size() < count) {
        double next = lambdas[steps.size()];
        add(first.program().adapts() ? gathered(steps, next) : solved(walk, steps, next));
      }
      return List.copyOf(steps.subList(0, count));
    }
  }

  /** Whether executors solve all rungs, in segments that each start from zero. */
  private boolean segmented() {
    return first.choice().engine() == Engine.LAMBDAS && !first.program().adapts();
  }

  private void add(Step step) {
    Network network =
        ProgramExporter.of(step.program)
            .network(step.point.solution().weights(), step.point.lambda());
    Solution solution = step.point.solution();
    steps.add(step);
    rungs.add(
        new Rung(
            step.point.lambda() / first.program().lossScale(),
            network,
            solution.status(),
            solution.certificate().relativeGap()));
  }

  private List<Rung> rungs(int count) {
    synchronized (steps) {
      return List.copyOf(rungs.subList(0, count));
    }
  }

  private Step solved(PathSolver solver, List<Step> above, double lambda) {
    solves.incrementAndGet();
    List<PathPoint> points = above.stream().map(Step::point).toList();
    return new Step(first.program(), solver.next(points, lambda), null);
  }

  /** Gathers patterns, solves, and goes on while a last search finds that some are missing. */
  private Step gathered(List<Step> above, double lambda) {
    ProgramSolver solver = gatheredFor(above, lambda);
    try {
      for (int round = 0; ; round++) {
        solves.incrementAndGet();
        PathPoint point = new PathPoint(above.size(), lambda, solver.fit(), true);
        List<PathPoint> points = List.of(point);
        List<LastSearch.Found> found = solver.searchPatterns(points, round);
        if (!LastSearch.asksForMore(solver.program(), points, found, round)) {
          return new Step(solver.program(), point, found.get(0).evidence());
        }
        solver = solver.further(points, found);
      }
    } finally {
      solver.close();
    }
  }

  private ProgramSolver gatheredFor(List<Step> above, double lambda) {
    if (above.isEmpty()) {
      return first.factory().at(first, new double[] {lambda});
    }
    Step last = above.get(above.size() - 1);
    long seed = Seeds.derive(settings.model().seed(), "rung", above.size());
    return first.factory().next(last.program, last.point, lambda, seed, first.choice());
  }

  /** The summary of a program, with what a last search left open. */
  private ProgramSummary summary(Step own) {
    ProgramSummary summary = own.program.summary();
    if (!own.program.adapts()) {
      return summary;
    }
    double tolerance = settings.model().gateSource().search().tolerance();
    List<SearchEvidence> evidence = new ArrayList<>();
    evidence.add(own.evidence);
    return SearchResult.open(SearchResult.gaps(evidence), tolerance)
        .map(summary::with)
        .orElse(summary);
  }

  /** The network with probabilities, where they are asked for. */
  private Network calibrated(Network network, double lambda) {
    if (!settings.scores().needHeldOut()) {
      return network;
    }
    Scores scores =
        CrossValidation.of(first, settings, new double[] {lambda}, true).scores().get(0);
    return network.with(ScoreCalibration.of(scores, settings.scores()));
  }
}
