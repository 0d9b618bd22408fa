package org.relupath.core.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.linalg.Vectors;

/**
 * Probabilities of the larger label from raw scores (Platt 1999):
 *
 * <pre>P(+ | s) = 1 / (1 + exp(slope s + intercept)), slope &lt;= 0</pre>
 *
 * @param slope per unit of the score, at most 0; 0 where scores say nothing
 * @param intercept the logarithm of the odds against + at a score of 0
 */
public record PlattScaling(double slope, double intercept) implements java.io.Serializable {
  /** Newton converges quadratically; backtracking makes a few more steps of badly spread scores. */
  private static final int MOST_STEPS = 100;

  /** Relative decrease that a Newton step still promises when it is the last one. */
  private static final double LAST_STEP = 1e-12;

  /** Share of the promised decrease that a step has to keep (Armijo). */
  private static final double KEPT = 1e-4;

  /** Shortest step, as a share of a Newton step, before rounding has taken over. */
  private static final double SHORTEST = 1e-10;

  /** Checks that probabilities rise with the score. */
  public PlattScaling {
    if (!(slope <= 0) || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          "slope is " + slope + " and intercept " + intercept + ", expected finite, slope <= 0");
    }
  }

  /** P(+) at a score. */
  public double probability(double score) {
    return logistic(slope * score + intercept);
  }

  /** ln P(+) at a score. */
  private double logProbability(double score) {
    return -softplus(slope * score + intercept);
  }

  /**
   * Probabilities of classes from those of each against the rest: P(+ | s_k), divided by their sum
   * over all k. They sum to 1 where all are too small for doubles, too.
   *
   * @param scalings one a class
   * @param scores one a class
   */
  public static double[] ofClasses(List<PlattScaling> scalings, double[] scores) {
    double[] logs =
        IntStream.range(0, scores.length)
            .mapToDouble(k -> scalings.get(k).logProbability(scores[k]))
            .toArray();
    double largest = Arrays.stream(logs).max().orElse(0);
    double[] shares = Arrays.stream(logs).map(log -> Math.exp(log - largest)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  /** The score of a probability; infinite where none has it. */
  public double score(double probability) {
    double odds = Math.log1p(-probability) - Math.log(probability) - intercept;
    return slope == 0
        ? (odds >= 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
        : odds / slope;
  }

  /** The weighted mean of -ln of the probability of each row's own label. */
  public double logLoss(Scores scores) {
    double sum = 0;
    for (int r = 0; r < scores.rows(); r++) {
      double z = slope * scores.predictions()[r] + intercept;
      sum += scores.weight(r) * softplus(scores.positive(r) ? z : -z);
    }
    return sum / scores.weight();
  }

  /** 1 / (1 + e^z). */
  private static double logistic(double z) {
    return z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
  }

  /** ln(1 + e^z). */
  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }

  /**
   * The scaling of largest likelihood for rows whose targets are -1 and +1, which should not be
   * those that the scores were fitted to.
   *
   * <p>Of N+ positive and N- negative rows, labels are corrected to (N+ + 1) / (N+ + 2) and 1 / (N-
   * + 2), so that it is finite where scores separate the labels; Newton's method with backtracking
   * (Lin, Lin and Weng 2007), on scores of mean 0 and size 1 at most. Scores that are larger for
   * negative rows get slope 0, the largest likelihood among slopes of at most 0. Weights that sum
   * to less than the number of rows are scaled to that.
   *
   * @throws IllegalArgumentException if there are no rows, or a score is not finite
   */
  public static PlattScaling fit(Scores given) {
    // Weights that sum to less than the rows are shares of them: labels are corrected by rows.
    Scores scores = given.weighed(Math.max(1, given.rows() / given.weight()));
    Vectors.requireFinite("scores", scores.predictions());
    if (scores.rows() == 0) {
      throw new IllegalArgumentException("no scores to scale");
    }
    double weight = scores.weight();
    double mean = 0;
    for (int r = 0; r < scores.rows(); r++) {
      mean += scores.weight(r) / weight * scores.predictions()[r];
    }
    double unit = 0;
    for (double score : scores.predictions()) {
      unit = Math.max(unit, Math.abs(score - mean));
    }
    Likelihood likelihood = new Likelihood(scores, mean, unit);
    double constant = likelihood.constant();
    if (unit == 0) {
      return new PlattScaling(0, constant);
    }
    double[] found = minimum(likelihood, constant);
    double slope = found[0] / unit;
    return slope < 0 && Double.isFinite(slope)
        ? new PlattScaling(slope, found[1] - slope * mean)
        : new PlattScaling(0, constant);
  }

  private static double[] minimum(Likelihood likelihood, double constant) {
    double a = 0;
    double b = constant;
    double value = likelihood.value(a, b);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] newton = likelihood.newton(a, b);
      double promised = newton[2];
      if (promised <= LAST_STEP * value) {
        return new double[] {a + newton[0], b + newton[1]};
      }
      double share = 1;
      double next = likelihood.value(a + newton[0], b + newton[1]);
      while (next > value - KEPT * share * promised && share > SHORTEST) {
        share /= 2;
        next = likelihood.value(a + share * newton[0], b + share * newton[1]);
      }
      if (share <= SHORTEST) {
        break;
      }
      a += share * newton[0];
      b += share * newton[1];
      value = next;
    }
    return new double[] {a, b};
  }

  /**
   * The negative log-likelihood sum_r w_r (t_r ln(1 + e^z_r) + (1 - t_r) ln(1 + e^-z_r)), z = a (s
   * - mean) / unit + b, of corrected labels t.
   */
  private record Likelihood(Scores scores, double mean, double unit) {
    private double target(int r, double positives, double negatives) {
      return scores.positive(r) ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
    }

    private double positives() {
      double sum = 0;
      for (int r = 0; r < scores.rows(); r++) {
        sum += scores.positive(r) ? scores.weight(r) : 0;
      }
      return sum;
    }

    /** The best b where a = 0: the odds against + of the corrected labels. */
    double constant() {
      double positives = positives();
      double negatives = scores.weight() - positives;
      double expected = positives * (positives + 1) / (positives + 2) + negatives / (negatives + 2);
      return Math.log((scores.weight() - expected) / expected);
    }

    private double z(int r, double a, double b) {
      return a * ((scores.predictions()[r] - mean) / unit) + b;
    }

    double value(double a, double b) {
      double positives = positives();
      double negatives = scores.weight() - positives;
      double sum = 0;
      for (int r = 0; r < scores.rows(); r++) {
        double target = target(r, positives, negatives);
        double z = z(r, a, b);
        sum += scores.weight(r) * (target * softplus(z) + (1 - target) * softplus(-z));
      }
      return sum;
    }

    /** The Newton step in a and b, and the decrease per share of it that its gradient promises. */
    double[] newton(double a, double b) {
      double positives = positives();
      double negatives = scores.weight() - positives;
      double slope = 0;
      double level = 0;
      double aa = 0;
      double ab = 0;
      double bb = 0;
      for (int r = 0; r < scores.rows(); r++) {
        double s = (scores.predictions()[r] - mean) / unit;
        double p = logistic(z(r, a, b));
        double off = scores.weight(r) * (target(r, positives, negatives) - p);
        double curvature = scores.weight(r) * p * (1 - p);
        slope += s * off;
        level += off;
        aa += s * s * curvature;
        ab += s * curvature;
        bb += curvature;
      }
      // Keeps the Hessian definite where all probabilities are 0 or 1.
      aa += 1e-12 * (1 + aa);
      bb += 1e-12 * (1 + bb);
      double determinant = aa * bb - ab * ab;
      double stepA = -(bb * slope - ab * level) / determinant;
      double stepB = -(aa * level - ab * slope) / determinant;
      return new double[] {stepA, stepB, -(slope * stepA + level * stepB)};
    }
  }
}
