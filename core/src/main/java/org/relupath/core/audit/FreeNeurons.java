package org.relupath.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.audit.stationarity.NeuronSelection;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;
import org.relupath.core.optimalset.polytope.PolytopeInput;
import org.relupath.core.program.Problem;
import org.relupath.core.prune.ExactPruning;

/**
 * Neurons that can go for free: those left after them, scaled, have the same fit on X and the same
 * penalty, by optimal pruning ({@link ExactPruning}) of the network's own neurons with their sum of
 * norms held. Neither zero nor dead neurons are among them; those cost nothing or less than
 * nothing.
 *
 * <p>At a critical point the sum of norms is a combination of the fits, u'M = lambda 1', and the
 * neurons left are as many as their fits have dimensions. Elsewhere, or where stationarity misses
 * 1e-9, one more may stay.
 *
 * @param neurons numbers of the audited network's neurons that can go, ascending
 * @param remaining the balanced network without them, and without zero and dead ones
 * @param objective of what remains
 */
public record FreeNeurons(List<Integer> neurons, Neurons remaining, double objective) {

  /** Keeps the list unchangeable. */
  public FreeNeurons {
    neurons = List.copyOf(neurons);
  }

  /**
   * Prunes a network.
   *
   * @param live balanced, without zero and dead neurons
   * @param numbers of its neurons in the audited network
   */
  static FreeNeurons of(Problem problem, double lambda, Neurons live, int[] numbers) {
    int n = problem.n();
    int k = live.width();
    double[] beta = new double[k];
    double[] columns = new double[n * k];
    for (int j = 0; j < k; j++) {
      double[] fit = NeuronSelection.of(live, new int[] {j}).predict(problem.x());
      beta[j] = live.output()[j] * live.output()[j];
      Vectors.scale(1 / beta[j], fit, 0, n);
      System.arraycopy(fit, 0, columns, j * n, n);
    }
    double[] ones = new double[k];
    Arrays.fill(ones, 1);
    double[] left =
        k == 0
            ? beta
            : ExactPruning.of(new PolytopeInput(n, columns, List.of(ones), beta, 0), new double[k])
                .vertex()
                .beta();
    List<Integer> free = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      (left[j] == 0 ? free : kept).add(left[j] == 0 ? numbers[j] : j);
    }
    Neurons remaining = scaled(live, kept, left);
    return new FreeNeurons(free, remaining, remaining.objective(problem.x(), problem.y(), lambda));
  }

  /** Neurons with new norms ||w||, W and a both scaled. */
  private static Neurons scaled(Neurons network, List<Integer> kept, double[] norms) {
    Neurons some = NeuronSelection.of(network, kept.stream().mapToInt(Integer::intValue).toArray());
    Matrix hidden = some.hidden();
    for (int i = 0; i < kept.size(); i++) {
      double a = some.output()[i];
      double factor = Math.sqrt(norms[kept.get(i)]) / Math.abs(a);
      Vectors.scale(factor, hidden.values(), i * hidden.columns(), hidden.columns());
      some.output()[i] = factor * a;
    }
    return some;
  }
}
