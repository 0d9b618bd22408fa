package org.relupath.spark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.relupath.core.program.Problem;
import org.relupath.core.program.search.PatternCandidate;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.program.search.SearchStarts;

/**
 * Searches all patterns on executors: X and y broadcast once, the starts of a search cut into
 * chunks that executors draw and climb from. What is found depends on the starts alone.
 */
public final class ExecutorSearch implements PatternSearch, AutoCloseable {
  private final JavaSparkContext spark;
  private final Broadcast<Problem> problem;

  /** Sends a problem out, and the coordinates to search in: they are made once, here. */
  public ExecutorSearch(JavaSparkContext spark, Problem problem) {
    this.spark = spark;
    problem.coordinates();
    this.problem = spark.broadcast(problem);
  }

  @Override
  public List<PatternCandidate> search(double[] u, SearchStarts starts) {
    Broadcast<Problem> shared = problem;
    List<Integer> chunks = IntStream.range(0, starts.chunks()).boxed().toList();
    int tasks = Math.max(1, Math.min(chunks.size(), 4 * spark.defaultParallelism()));
    String description = "search of all patterns from " + starts.count() + " starts";
    try (SparkJob job = new SparkJob(spark, description)) {
      Broadcast<double[]> dual = job.send(u);
      return PatternCandidate.best(
          spark
              .parallelize(chunks, tasks)
              .mapPartitions(
                  own -> {
                    PatternClimb climb = PatternClimb.of(shared.value());
                    List<PatternCandidate> found = new ArrayList<>();
                    own.forEachRemaining(
                        chunk -> found.addAll(climb.climb(dual.value(), starts, chunk)));
                    return PatternCandidate.best(found, MOST).iterator();
                  })
              .collect(),
          MOST);
    }
  }

  @Override
  public void close() {
    problem.destroy();
  }
}
