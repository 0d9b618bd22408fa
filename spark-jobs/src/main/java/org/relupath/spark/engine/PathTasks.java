package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.relupath.core.path.NearbySolutions;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;

/**
 * Solves paths on executors, a task a segment of a grid: warm starts run inside a segment, and the
 * first lambda of each is solved from zero, or from a nearby network.
 *
 * <p>The cut depends on the number of segments asked for alone. A segment that is run again, after
 * a lost executor or by speculation, gives the same points.
 */
public final class PathTasks {
  private final JavaSparkContext spark;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Broadcast<ConvexProgram>> shared = new ArrayList<>();
  private int paths;

  /** No paths yet. */
  public PathTasks(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Consecutive lambdas of one path. */
  private record Segment(
      int path,
      Broadcast<ConvexProgram> program,
      double[] lambdas,
      ArrayList<BlockWeights> starts,
      NearbySolutions near,
      int first,
      Settings settings)
      implements java.io.Serializable {
    ArrayList<PathPoint> solve(LongAccumulator solved) {
      ConvexProgram own = program.value();
      return new ArrayList<>(
          new PathSolver(own.problem(), new Pricer(own), settings)
              .from(near)
              .solve(lambdas, first, starts, point -> solved.add(1)));
    }
  }

  /**
   * Adds a path.
   *
   * @param lambdas its decreasing grid
   * @param starts for each lambda where its solve starts; empty for the lambdas before
   * @param near networks that solves may start from, where starts are empty
   * @param parts segments to cut it into, of equal length but for one lambda
   * @param settings for each lambda
   * @return the path's number in {@link #solve}'s answer
   */
  public int add(
      ConvexProgram program,
      double[] lambdas,
      List<BlockWeights> starts,
      NearbySolutions near,
      int parts,
      Settings settings) {
    Broadcast<ConvexProgram> sent = spark.broadcast(program);
    shared.add(sent);
    int count = Math.min(parts, lambdas.length);
    for (int s = 0; s < count; s++) {
      int from = (int) ((long) lambdas.length * s / count);
      int to = (int) ((long) lambdas.length * (s + 1) / count);
      double[] own = java.util.Arrays.copyOfRange(lambdas, from, to);
      List<BlockWeights> given = starts.isEmpty() ? starts : starts.subList(from, to);
      segments.add(new Segment(paths, sent, own, new ArrayList<>(given), near, from, settings));
    }
    return paths++;
  }

  /**
   * Solves all paths.
   *
   * @param description what the job is called in Spark's UI
   * @param progress receives now and then how many lambdas are done
   * @return the points of each path, in the order of its grid
   */
  public List<List<PathPoint>> solve(String description, LongConsumer progress) {
    // Small lambdas take longest: they start first, so that none is left over at the end.
    segments.sort(Comparator.comparingInt(Segment::first).reversed());
    try {
      return ordered(
          new ExecutorTasks(spark)
              .map(description, segments, (segment, solved) -> segment.solve(solved), progress));
    } finally {
      shared.forEach(Broadcast::destroy);
    }
  }

  private List<List<PathPoint>> ordered(List<ArrayList<PathPoint>> found) {
    List<List<PathPoint>> byPath = new ArrayList<>();
    for (int path = 0; path < paths; path++) {
      byPath.add(new ArrayList<>());
    }
    for (int s = 0; s < segments.size(); s++) {
      byPath.get(segments.get(s).path()).addAll(found.get(s));
    }
    byPath.forEach(points -> points.sort(Comparator.comparingInt(PathPoint::index)));
    return byPath;
  }
}
