package org.relupath.spark.train.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LadderCacheTest {
  /** What is kept does not grow with the folds of a study. */
  @Test
  void fewTrainingsAreKept() {
    LadderCache cache = new LadderCache();
    for (int fold = 0; fold < 20; fold++) {
      cache.ladders("fold " + fold, () -> null);
      assertThat(cache.size()).isEqualTo(Math.min(fold + 1, 4));
    }
  }
}
