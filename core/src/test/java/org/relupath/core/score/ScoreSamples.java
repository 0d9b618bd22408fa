package org.relupath.core.score;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Made-up scores, with ties and overlap. */
final class ScoreSamples {
  private ScoreSamples() {}

  /** Scores whose positive rows are larger by {@code apart} on average; few distinct ones. */
  static Scores of(long seed, int n, double apart) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] targets = new double[n];
    double[] predictions = new double[n];
    for (int r = 0; r < n; r++) {
      targets[r] = random.nextInt(3) == 0 ? 1 : -1;
      predictions[r] =
          Math.rint(8 * (random.nextDouble() + random.nextDouble() - 1 + apart * targets[r] / 2))
              / 8;
    }
    return new Scores(targets, predictions);
  }

  /** The same rows with weights 1, 2, 3, ... */
  static Scores weighted(Scores scores) {
    return new Scores(
        scores.targets(),
        scores.predictions(),
        IntStream.range(0, scores.rows()).mapToDouble(r -> 1 + r % 3).toArray());
  }

  /** Each row as often as its weight says. */
  static Scores repeated(Scores scores) {
    int[] rows =
        IntStream.range(0, scores.rows())
            .flatMap(r -> IntStream.range(0, (int) scores.weight(r)).map(i -> r))
            .toArray();
    return new Scores(
        IntStream.of(rows).mapToDouble(r -> scores.targets()[r]).toArray(),
        IntStream.of(rows).mapToDouble(r -> scores.predictions()[r]).toArray());
  }
}
