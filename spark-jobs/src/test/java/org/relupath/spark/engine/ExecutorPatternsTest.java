package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.spark.SharedSpark;

@ExtendWith(SharedSpark.class)
class ExecutorPatternsTest {

  /** Few rows, so that gates share patterns and some have none; one task, three, and eight. */
  @ParameterizedTest
  @CsvSource({"7,1", "63,1", "130,3", "1000,8"})
  void areThoseOfOneMachine(int count, int tasks, SparkSession session) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    SplittableRandom random = new SplittableRandom(5);
    Matrix x = Matrix.zeros(9, 3);
    for (int i = 0; i < x.values().length; i++) {
      x.values()[i] = random.nextDouble();
    }
    GateSampler sampler = new GateSampler(GateSampler.Distribution.GAUSSIAN, 8, 3, false);

    TaskCount counted = new TaskCount();
    session.sparkContext().addSparkListener(counted);
    Patterns there = ExecutorPatterns.of(spark, x, sampler, count);
    session.sparkContext().removeSparkListener(counted);

    Patterns here = Patterns.of(x, sampler.sample(count));
    assertThat(counted.tasks()).isEqualTo(tasks);
    assertThat(there.rows()).isEqualTo(here.rows());
    assertThat(there.count()).isEqualTo(here.count()).isLessThan(count);
    for (int b = 0; b < here.count(); b++) {
      assertThat(there.gateId(b)).isEqualTo(here.gateId(b));
      assertThat(there.bits(b)).isEqualTo(here.bits(b));
    }
  }
}
