package org.relupath.spark.study.unit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.data.Observations;
import org.relupath.core.gates.Seeds;
import org.relupath.spark.config.Values;
import org.relupath.spark.data.Folds;
import org.relupath.spark.data.HoldOut;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.BadInputException;

/**
 * How the rows of each data set are split, again and again: the same for all gates and models.
 *
 * @param count how many splits
 * @param shares of rows that are drawn for each; null for folds, each of which is held out once
 * @param seed what they are drawn by
 */
public record StudySplits(int count, Shares shares, long seed) implements java.io.Serializable {
  /** More than anybody waits for. */
  private static final int MOST = 100_000;

  /** One row is no sample to prepare columns by. */
  private static final int FEWEST_TO_FIT = 2;

  /**
   * Parts of the rows; those that are left over are fitted to.
   *
   * @param heldOut to choose lambda by; 0 for none
   * @param test for the final measurement; 0 for none
   */
  public record Shares(double heldOut, double test) implements java.io.Serializable {
    /** How many of n rows: the share, rounded, but one at least where it is not 0. */
    private static int of(double share, int n) {
      return share == 0 ? 0 : (int) Math.max(1, Math.round(share * n));
    }
  }

  public static StudySplits of(Values values, long seed) {
    if (!values.config().isExplicit("splits")) {
      for (String key : new String[] {"split-valid", "split-test"}) {
        if (values.config().isExplicit(key)) {
          throw new BadInputException(
              values.config().name(key) + ": is for splits, expected --splits too");
        }
      }
      return new StudySplits((int) values.whole("folds", 2, Integer.MAX_VALUE), null, seed);
    }
    if (values.config().isExplicit("folds")) {
      throw values.both("folds", "splits", "");
    }
    int count = (int) values.whole("splits", 2, MOST);
    Shares shares = new Shares(values.share("split-valid"), values.share("split-test"));
    if (shares.heldOut + shares.test == 0) {
      throw values.refusal("split-valid", "a share of held-out rows, or one of test rows");
    }
    if (!(shares.heldOut + shares.test < 1)) {
      throw values.refusal("split-test", "less than 1 together with split-valid");
    }
    return new StudySplits(count, shares, seed);
  }

  /** Whether there are rows to choose lambda by. */
  public boolean choosing() {
    return shares == null || shares.heldOut > 0;
  }

  /** Refuses a data set that is too small. */
  public void requireFit(String dataSet, int rows) {
    if (shares == null && rows < count) {
      throw new BadInputException(
          "--folds: '%s', expected at most the %s rows of %s".formatted(count, rows, dataSet));
    }
    if (shares != null) {
      int left = rows - Shares.of(shares.heldOut, rows) - Shares.of(shares.test, rows);
      if (left < FEWEST_TO_FIT) {
        throw new BadInputException(
            "--splits: of the %s rows of %s split-valid and split-test leave %s to fit to, expected at least %s"
                .formatted(rows, dataSet, Math.max(0, left), FEWEST_TO_FIT));
      }
    }
  }

  /** The rows of one split: training, held-out and test rows, null where there are none. */
  public TrainingData rows(Observations all, int index) {
    if (shares == null) {
      HoldOut fold = Folds.draw(all.rows(), count, seed).split(index);
      return new TrainingData(all, all.select(fold.train()), all.select(fold.heldOut()), null);
    }
    int n = all.rows();
    int[] rest = IntStream.range(0, n).toArray();
    int[] test = drawn(rest, Shares.of(shares.test, n), Seeds.derive(seed, "test rows", index));
    rest = without(rest, test);
    int[] valid =
        drawn(rest, Shares.of(shares.heldOut, n), Seeds.derive(seed, "held-out rows", index));
    return new TrainingData(
        all, all.select(without(rest, valid)), select(all, valid), select(all, test));
  }

  private static int[] drawn(int[] from, int count, long seed) {
    return count == 0
        ? new int[0]
        : Arrays.stream(HoldOut.draw(from.length, (double) count / from.length, seed).heldOut())
            .map(i -> from[i])
            .toArray();
  }

  private static int[] without(int[] rows, int[] drawn) {
    return Arrays.stream(rows).filter(r -> Arrays.binarySearch(drawn, r) < 0).toArray();
  }

  private static Observations select(Observations all, int[] rows) {
    return rows.length == 0 ? null : all.select(rows);
  }
}
