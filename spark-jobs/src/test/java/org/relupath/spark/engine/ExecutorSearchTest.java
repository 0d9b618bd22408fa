package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.search.PatternCandidate;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.SearchStarts;
import org.relupath.spark.SharedSpark;

/** A search on executors finds what one machine finds, to the last bit. */
@ExtendWith(SharedSpark.class)
class ExecutorSearchTest {
  private static final int N = 80;
  private static final int D = 5;

  @ParameterizedTest
  @EnumSource(Model.class)
  void findsWhatOneMachineFinds(Model model, SparkSession spark) {
    SplittableRandom random = new SplittableRandom(4);
    Matrix x = Matrix.zeros(N, D);
    double[] y = new double[N];
    for (int r = 0; r < N; r++) {
      for (int k = 0; k < D; k++) {
        x.values()[r * D + k] = random.nextDouble(-1, 1);
      }
      y[r] = Math.abs(x.get(r, 0)) - x.get(r, 1) * x.get(r, 2) + 0.1 * random.nextDouble();
    }
    Problem problem = new Problem(x, y, model);
    SearchStarts starts =
        new SearchStarts(9, 60, 60, Matrix.ofRows(new double[][] {y(D)}), 3, true);
    List<PatternCandidate> here = PatternClimb.search(problem).search(y, starts);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (ExecutorSearch search = new ExecutorSearch(context, problem)) {
      List<PatternCandidate> there = search.search(y, starts);
      assertThat(starts.chunks()).isGreaterThan(3);
      assertThat(there).hasSameSizeAs(here).isNotEmpty();
      for (int i = 0; i < here.size(); i++) {
        assertThat(there.get(i).norm()).isEqualTo(here.get(i).norm());
        assertThat(there.get(i).gate()).isEqualTo(here.get(i).gate());
        assertThat(there.get(i).bits()).isEqualTo(here.get(i).bits());
        assertThat(there.get(i).sign()).isEqualTo(here.get(i).sign());
      }
    }
  }

  private static double[] y(int d) {
    double[] anchor = new double[d];
    anchor[0] = 1;
    return anchor;
  }
}
