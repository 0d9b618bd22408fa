package org.relupath.core.solve.slide;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.RowSpace;
import org.relupath.core.program.search.PatternCandidate;

/** Moves the neurons of a solution of C-ReLU, and new ones with them, by a {@link Slide}. */
public final class MovingNeurons {
  /** Descent steps of a slide at most. */
  private static final int STEPS = 100;

  /** A slide ends where a step gains less than this part of the tolerance. */
  private static final double GAIN = 1e-2;

  /** Share of the gap that putting neurons together may cost. */
  private static final double MERGED = 0.02;

  /** Norm of a new neuron, as a part of the others' mean. */
  private static final double BIRTH = 1e-3;

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
   * Where neurons have moved to.
   *
   * @param blocks of the pool, one a neuron
   * @param improved whether the network's objective over them is no larger than it was
   */
  public record Moved(BlockWeights blocks, boolean improved) {}

  /**
   * Moves neurons.
   *
   * @param lambda the regularization
   * @param network blocks of the pool
   * @param joining patterns that a neuron of their sign sets out from, small
   * @param gap relative gap that the network may have: what neurons that stand for one may cost
   *     when they are put together is a part of that
   * @param tolerance the relative gap that the solve is after
   * @param exhausted whether a limit has been hit: there is no further step then
   */
  public Moved move(
      double lambda,
      BlockWeights network,
      List<PatternCandidate> joining,
      double gap,
      double tolerance,
      BooleanSupplier exhausted) {
    Neurons neurons = Neurons.of(problem, lambda, network);
    double before = neurons.objective();
    double mean =
        neurons.size() > 0
            ? neurons.normSum() / neurons.size()
            : Vectors.norm(problem.y()) / problem.design().norm();
    neurons.merge(MERGED * gap * before);
    for (PatternCandidate one : joining) {
      double[] w = one.gate().clone();
      Vectors.scale(BIRTH * mean, w, 0, w.length);
      neurons.add(w, one.sign());
    }
    Neurons after = slide(lambda, neurons, GAIN * tolerance, exhausted);
    after.merge(0);
    return new Moved(blocks(after), after.objective() <= before);
  }

  private Neurons slide(double lambda, Neurons neurons, double gain, BooleanSupplier exhausted) {
    if (neurons.size() == 0) {
      return neurons;
    }
    int d = problem.d();
    double[] w = new double[neurons.size() * d];
    int[] signs = new int[neurons.size()];
    for (int j = 0; j < signs.length; j++) {
      System.arraycopy(neurons.weights(j), 0, w, j * d, d);
      signs[j] = neurons.sign(j);
    }
    RowSpace space = problem.rowSpace();
    Slide slide = new Slide(space.problem(), lambda, space.inside(w), signs);
    slide.descend(STEPS, gain, exhausted);
    double[] reached = space.outside(slide.weights());
    Neurons after = new Neurons(problem, lambda);
    for (int j = 0; j < signs.length; j++) {
      if (Vectors.norm(reached, j * d, d) > 0) {
        after.add(Arrays.copyOfRange(reached, j * d, (j + 1) * d), slide.sign(j));
      }
    }
    return after;
  }

  private BlockWeights blocks(Neurons neurons) {
    BlockWeights sum = BlockWeights.zero(problem.d());
    for (int j = 0; j < neurons.size(); j++) {
      double[] own = neurons.weights(j);
      double[] gate = own.clone();
      Vectors.scale(1 / Vectors.norm(own), gate, 0, gate.length);
      int pattern = pool.read(gate);
      if (pattern >= 0) {
        List<Block> block = List.of(pool.block(pattern, neurons.sign(j)));
        sum = sum.combine(1, new BlockWeights(block, problem.d(), own), 1);
      }
    }
    return sum;
  }
}
