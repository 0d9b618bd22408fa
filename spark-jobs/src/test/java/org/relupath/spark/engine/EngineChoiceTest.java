package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "569,31,500,1,DRIVER,small enough for the driver",
    "569,31,500,15,DRIVER,small enough for the driver",
    "569,31,100,100,DRIVER,small enough for the driver",
    "569,31,500,100,LAMBDAS,executors solve segments of the grid",
    "60000,785,500,1,GATES,pricing dominates",
    "60000,785,500,100,GATES,pricing dominates"
  })
  void goesBySizeAndSaysWhy(int n, int d, int gates, int lambdas, Engine engine, String why) {
    EngineChoice choice = EngineChoice.of(n, d, gates, lambdas);
    assertThat(choice.engine()).isEqualTo(engine);
    assertThat(choice.reason())
        .startsWith(n + " rows x " + d + " columns x " + gates + " gates, " + lambdas + " lambdas")
        .contains(why);
  }
}
