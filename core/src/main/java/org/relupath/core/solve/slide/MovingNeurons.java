package org.relupath.core.solve.slide;

import java.util.Arrays;
import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.RayMerging;
import org.relupath.core.program.search.PatternCandidate;

/** Moves the neurons of a solution of C-ReLU, and new ones with them, by a {@link Slide}. */
public final class MovingNeurons {
  /** Descent steps of a slide at most. */
  private static final int STEPS = 60;

  /** A slide ends where a step gains less than this part of the tolerance. */
  private static final double GAIN = 1e-2;

  /** Norm of a new neuron, as a part of the others' mean. */
  private static final double BIRTH = 1e-3;

  /** Unit vectors this far apart are one neuron to a slide: it tells them apart if it must. */
  private static final double ONE_NEURON = 1e-3;

  private final Problem problem;
  private final PatternPool pool;

  /**
   * Moves the neurons of one problem.
   *
   * @param pool receives the patterns that they come to
   */
  public MovingNeurons(Problem problem, PatternPool pool) {
    this.problem = problem;
    this.pool = pool;
  }

  /**
   * Where neurons move to.
   *
   * @param lambda the regularization
   * @param network blocks of the pool
   * @param joining patterns that a neuron of their sign sets out from, small
   * @param tolerance the relative gap that the solve is after
   * @return blocks of the pool, one a neuron; the network's objective over them is no larger
   */
  public BlockWeights move(
      double lambda, BlockWeights network, List<PatternCandidate> joining, double tolerance) {
    int d = problem.d();
    BlockWeights neurons = RayMerging.merge(Model.RELU, network, ONE_NEURON);
    int old = neurons.size();
    int m = old + joining.size();
    if (m == 0) {
      return neurons;
    }
    double mean =
        old > 0
            ? neurons.normSum() / old
            : Vectors.norm(problem.y()) / Vectors.norm(problem.x().values());
    double[] w = Arrays.copyOf(neurons.values(), m * d);
    int[] signs = new int[m];
    for (int j = 0; j < m; j++) {
      signs[j] = j < old ? neurons.blocks().get(j).sign() : joining.get(j - old).sign();
      if (j >= old) {
        Vectors.axpy(BIRTH * mean, joining.get(j - old).gate(), 0, w, j * d, d);
      }
    }
    Slide slide = new Slide(problem, lambda, w, signs);
    slide.descend(STEPS, GAIN * tolerance);
    return blocks(slide.weights(), slide);
  }

  private BlockWeights blocks(double[] w, Slide slide) {
    int d = problem.d();
    BlockWeights sum = BlockWeights.zero(d);
    for (int j = 0; j < w.length / d; j++) {
      double[] own = Arrays.copyOfRange(w, j * d, (j + 1) * d);
      double norm = Vectors.norm(own);
      double[] gate = own.clone();
      Vectors.scale(norm > 0 ? 1 / norm : 0, gate, 0, d);
      int pattern = norm > 0 ? pool.read(gate) : -1;
      if (pattern >= 0) {
        BlockWeights one = new BlockWeights(List.of(pool.block(pattern, slide.sign(j))), d, own);
        sum = sum.combine(1, one, 1);
      }
    }
    return RayMerging.merge(Model.RELU, sum, ONE_NEURON);
  }
}
