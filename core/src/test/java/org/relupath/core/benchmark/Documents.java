package org.relupath.core.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;

/**
 * Documents as TF-IDF has them, drawn with a seed: 1,750 x 300, sparse, rows of length one.
 *
 * <p>Words are of Zipf's frequencies, and each of eight topics makes a tenth of them ten times as
 * frequent. A document mixes two topics, and its label is the product of these topics' signs, wrong
 * in one document of twenty: no linear function of the words tells the labels apart.
 */
final class Documents {
  private static final int ROWS = 1750;
  private static final int WORDS = 300;
  private static final int TOPICS = 8;

  /** Factor on the frequency of a topic's own words. */
  private static final double OWN = 10;

  /** Words of the shortest document, and of the longest. */
  private static final int SHORTEST = 40;

  private static final int LONGEST = 160;

  private Documents() {}

  static Observations draw() {
    SplittableRandom random = new SplittableRandom(17);
    double[][] topics = new double[TOPICS][];
    Arrays.setAll(topics, t -> topic(random));
    double[][] counts = new double[ROWS][WORDS];
    double[] labels = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      int one = random.nextInt(TOPICS);
      int other = random.nextInt(TOPICS);
      int length = random.nextInt(SHORTEST, LONGEST + 1);
      for (int k = 0; k < length; k++) {
        counts[r][word(random, topics[random.nextBoolean() ? one : other])]++;
      }
      int sign = one % 2 == other % 2 ? 1 : -1;
      labels[r] = random.nextInt(20) == 0 ? -sign : sign;
    }
    weigh(counts);
    List<String> names = IntStream.range(0, WORDS).mapToObj(k -> "word" + k).toList();
    return new Observations(names, Matrix.ofRows(counts), labels);
  }

  /** The cumulated frequencies of the words of a topic. */
  private static double[] topic(SplittableRandom random) {
    double[] sums = new double[WORDS];
    double sum = 0;
    for (int k = 0; k < WORDS; k++) {
      sum += (random.nextInt(10) == 0 ? OWN : 1) / (k + 10);
      sums[k] = sum;
    }
    return sums;
  }

  private static int word(SplittableRandom random, double[] sums) {
    int at = Arrays.binarySearch(sums, random.nextDouble() * sums[WORDS - 1]);
    return Math.min(at < 0 ? -at - 1 : at, WORDS - 1);
  }

  /** Counts times log(rows / rows with the word), scaled to rows of length one. */
  private static void weigh(double[][] counts) {
    double[] idf = new double[WORDS];
    Arrays.setAll(
        idf,
        k ->
            Math.log(
                (double) ROWS / Math.max(1, Arrays.stream(counts).filter(c -> c[k] > 0).count())));
    for (double[] row : counts) {
      double square = 0;
      for (int k = 0; k < WORDS; k++) {
        row[k] *= idf[k];
        square += row[k] * row[k];
      }
      for (int k = 0; k < WORDS; k++) {
        row[k] /= Math.sqrt(square);
      }
    }
  }
}
