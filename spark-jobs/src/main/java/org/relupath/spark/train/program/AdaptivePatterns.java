package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.core.data.Matrix;
import org.relupath.core.path.NearbySolutions;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PatternGathering;
import org.relupath.core.path.PatternGathering.Gathered;
import org.relupath.core.program.Problem;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.engine.EngineChoice;
import org.relupath.spark.engine.ExecutorSearch;
import org.relupath.spark.engine.ExecutorTasks;
import org.relupath.spark.run.ProgressListener;

/**
 * Patterns for {@code --gate-source adaptive}: looked for among all of them, here or on executors,
 * along a grid of lambdas. What is found does not depend on where.
 *
 * @param spark where executors search
 * @param model which patterns are looked for
 * @param limits of the solve at each lambda
 * @param listener receives how far it is
 */
record AdaptivePatterns(
    JavaSparkContext spark, ModelSettings model, Settings limits, ProgressListener listener) {

  private PatternGathering gathering(Problem problem, Matrix initial, double tolerance) {
    return gathering(model, limits.withTolerance(tolerance), problem, initial);
  }

  /**
   * How patterns are gathered, wherever that is done.
   *
   * @param initial gates of the patterns to start from, one a row
   * @param settings the gap that searches may leave, and limits of each solve
   */
  static PatternGathering gathering(
      ModelSettings model, Settings settings, Problem problem, Matrix initial) {
    return new PatternGathering(
        problem,
        initial,
        model.gates(),
        model.gateSource().search().starts(),
        model.seed(),
        settings);
  }

  /** The patterns to start from: the drawn gates, and what a search finds for u = y. */
  Matrix first(Problem problem, Matrix drawn, EngineChoice choice) {
    listener.step("searching the first patterns");
    return searching(problem, choice, gathering(problem, drawn, tolerance())::first);
  }

  /**
   * The patterns that a grid of lambdas asks for, largest lambda first.
   *
   * @param near networks of the program that solves may start from
   */
  Gathered gather(Program program, double[] lambdas, NearbySolutions near, EngineChoice choice) {
    listener.note("searching patterns for " + lambdas.length + " lambdas");
    listener.start(lambdas.length);
    Problem problem = program.convex().problem();
    return searching(
        problem,
        choice,
        search ->
            gathering(problem, program.gates().vectors(), tolerance())
                .gather(lambdas, near, search, point -> report(point, program.lossScale())));
  }

  /**
   * The patterns of a program and those that one more lambda asks for, from a solution of it on.
   */
  Gathered next(Program program, PathPoint from, double lambda, long seed, EngineChoice choice) {
    Problem problem = program.convex().problem();
    PatternGathering gathering =
        new PatternGathering(
            problem,
            program.patternGates(),
            model.gates(),
            model.gateSource().search().starts(),
            seed,
            limits.withTolerance(tolerance()));
    return searching(
            problem, choice, search -> gathering.next(lambda, from.solution().weights(), search))
        .after(program.gathered());
  }

  private double tolerance() {
    return model.gateSource().search().tolerance();
  }

  private void report(PathPoint point, double unit) {
    listener.solved(
        point.index() + 1,
        point.lambda() / unit,
        point.solution().certificate().relativeGap(),
        point.solution().weights().compact().size());
  }

  private <T> T searching(Problem problem, EngineChoice choice, Function<PatternSearch, T> work) {
    if (!choice.searches(problem.design())) {
      return work.apply(PatternClimb.search(problem));
    }
    try (ExecutorSearch search = new ExecutorSearch(spark, problem)) {
      return work.apply(search);
    }
  }

  /** The patterns of one of several programs. */
  private record Fold(PatternGathering gathering, double[] lambdas)
      implements java.io.Serializable {}

  /** The patterns that the grids of several programs ask for, a task a program. */
  List<Gathered> gather(List<Program> programs, List<double[]> grids, double tolerance) {
    List<Fold> folds = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      Program program = programs.get(i);
      Problem problem = program.convex().problem();
      folds.add(new Fold(gathering(problem, program.gates().vectors(), tolerance), grids.get(i)));
    }
    return new ExecutorTasks(spark)
        .map(
            "patterns of " + folds.size() + " folds",
            folds,
            (fold, done) -> {
              PatternGathering gathering = fold.gathering;
              PatternSearch search = PatternClimb.search(gathering.problem());
              return gathering.gather(fold.lambdas, search, point -> {});
            },
            done -> {});
  }

  /** A solution to search once more at. */
  private record At(int index, Solution solution) implements java.io.Serializable {}

  /** More patterns, from where searches have found violators at points of a program. */
  Gathered further(
      Program program, List<PathPoint> points, List<LastSearch.Found> found, EngineChoice choice) {
    listener.step("gathering further patterns");
    Problem problem = program.convex().problem();
    PatternGathering gathering = gathering(problem, program.patternGates(), tolerance());
    return searching(
            problem,
            choice,
            search -> gathering.further(points, LastSearch.Found.violators(found), search))
        .after(program.gathered());
  }

  /** What careful searches find at points, a task a point. */
  List<LastSearch.Found> search(Program program, List<PathPoint> points, int round) {
    listener.step("searching patterns at " + points.size() + " lambdas");
    List<At> items =
        IntStream.range(0, points.size())
            .mapToObj(k -> new At(k, points.get(k).solution()))
            .toList();
    LastSearch search = LastSearch.of(program, round);
    search.problem().coordinates(); // made once, here
    return new ExecutorTasks(spark)
        .map(
            "search of patterns at " + items.size() + " lambdas",
            search,
            items,
            (shared, item) -> shared.at(item.index, item.solution),
            done -> {});
  }
}
