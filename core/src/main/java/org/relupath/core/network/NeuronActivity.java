package org.relupath.core.network;

import java.util.Arrays;
import org.relupath.core.data.Design;

/**
 * What each neuron of a network does on rows that count by weights v. With t_j(x) the term that
 * neuron j adds to f(x),
 *
 * <pre>active_j   = sum of v over rows where t_j(x) is not 0 / sum of v
 * size_j     = mean of |t_j(x)|
 * variance_j = cov(t_j(x), f(x)) / var(f(x)); these sum to 1
 * </pre>
 *
 * @param active the share of rows on which it is active, from 0 to 1
 * @param size how much it adds or takes, in the units of scores
 * @param variance its share of the variance of the scores; negative where others outweigh it; 0
 *     where the scores are constant
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record NeuronActivity(double[] active, double[] size, double[] variance) {

  /**
   * Measures a network on raw rows.
   *
   * @param weights one a row, not all 0, or empty where each counts once
   */
  public static NeuronActivity of(Network network, Design raw, double[] weights) {
    int n = raw.rows();
    int k = network.width();
    double[] counts = weights;
    if (counts.length == 0) {
      counts = new double[n];
      Arrays.fill(counts, 1);
    }
    double total = Arrays.stream(counts).sum();
    double[] terms = ForwardPass.responses(network, raw);
    double[] scores = new double[n];
    for (int j = 0; j < k; j++) {
      for (int r = 0; r < n; r++) {
        terms[j * n + r] *= network.output()[j];
        scores[r] += terms[j * n + r];
      }
    }
    double mean = mean(scores, 0, counts, total);
    double variance = covariance(scores, 0, scores, mean, counts, total);
    double[] active = new double[k];
    double[] size = new double[k];
    double[] share = new double[k];
    for (int j = 0; j < k; j++) {
      for (int r = 0; r < n; r++) {
        active[j] += terms[j * n + r] != 0 ? counts[r] / total : 0;
        size[j] += Math.abs(terms[j * n + r]) * counts[r] / total;
      }
      double own = covariance(terms, j * n, scores, mean, counts, total);
      share[j] = variance > 0 ? own / variance : 0;
    }
    return new NeuronActivity(active, size, share);
  }

  private static double mean(double[] values, int from, double[] counts, double total) {
    double sum = 0;
    for (int r = 0; r < counts.length; r++) {
      sum += values[from + r] * counts[r];
    }
    return sum / total;
  }

  private static double covariance(
      double[] a, int from, double[] b, double meanB, double[] counts, double total) {
    double meanA = mean(a, from, counts, total);
    double sum = 0;
    for (int r = 0; r < counts.length; r++) {
      sum += (a[from + r] - meanA) * (b[r] - meanB) * counts[r];
    }
    return sum / total;
  }
}
