package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.CellSearch;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.spark.SharedSpark;

/** Cells that executors find against those that are found here. */
class ExecutorCellsTest {
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

  private static Matrix rows(int n, int d) {
    Random random = new Random(n);
    Matrix x = Matrix.zeros(n, d);
    for (int i = 0; i < n * d; i++) {
      x.values()[i] = random.nextGaussian();
    }
    return x;
  }

  @ParameterizedTest(name = "{0} rows, {1} columns: {2} chunks")
  @CsvSource({"9, 3, 1", "34, 4, 2", "60, 4, 9"})
  void haveTheSameGatesInTheSameOrder(int n, int d, int chunks) {
    Matrix x = rows(n, d);
    CellSearch search = CellSearch.of(x, 100_000);
    assertThat(search.chunks()).isEqualTo(chunks);
    TaskCount tasks = new TaskCount();
    spark.sc().addSparkListener(tasks);
    PatternEnumeration found = ExecutorCells.of(spark, search, done -> {});
    assertThat(found.gates()).isEqualTo(PatternEnumeration.of(x, 100_000).gates());
    assertThat(tasks.tasks()).isEqualTo(chunks);
    spark.sc().removeSparkListener(tasks);
  }

  /** Rows some 1e-8 apart, almost on a common plane: as many patterns as in general position. */
  @Test
  void tellApartRowsThatAreAlmostOnOneLine() {
    Matrix x = rows(6, 3);
    for (int k = 0; k < 3; k++) {
      for (int r = 1; r < 6; r++) {
        x.values()[3 * r + k] = x.get(0, k) + 2e-9 * r * x.get(r, k);
      }
    }
    CellSearch search = CellSearch.of(x, 100_000);
    PatternEnumeration found = ExecutorCells.of(spark, search, done -> {});
    assertThat(found.count()).isEqualTo(32);
    assertThat(Patterns.of(x, found.gates()).count()).isEqualTo(found.patterns().count());
  }
}
