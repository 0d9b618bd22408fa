package org.relupath.core.optimalset;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.Range;
import org.relupath.core.optimalset.polytope.Rank;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.solve.Solution;

/**
 * All optimal networks of a convex program at one lambda
 * (core/docs/mathematics.md#the-optimal-set-of-a-program):
 *
 * <pre>{w_b = alpha_b v_b (b in E), 0 elsewhere : alpha >= 0, sum_b alpha_b Z_b v_b = yhat}.</pre>
 *
 * <p>Members are given by the weights beta of their neurons ({@link OptimalNeurons}): ||v_b|| =
 * lambda, so a block's ||w_b|| is lambda alpha_b, and beta_j is the sum of these over the blocks of
 * neuron j. The right-hand side is the fit of the solution's own weights on these neurons, which
 * differs from yhat by the solution's accuracy. Where undecided neurons take part, the sum of beta
 * is held too: all optima share it, and it keeps neurons that are not in E at zero.
 *
 * <p>Dimensions come in three kinds. {@link #dimension} counts the ways in which neurons can trade
 * weight. {@link #blockDimension} adds those that no network shows: cones that share a ray can
 * share its weight. {@link #functionDimension} leaves out those that no prediction shows, as where
 * (x'v)_+ and (-x'v)_+ of one sign trade their linear part with others.
 */
public final class OptimalSet {
  private final Equicorrelation equicorrelation;
  private final OptimalNeurons neurons;
  private final Polytope polytope;
  private final double accuracy;

  private OptimalSet(Equicorrelation equicorrelation, OptimalNeurons neurons, boolean resolve) {
    this.equicorrelation = equicorrelation;
    this.neurons = neurons;
    this.accuracy =
        Math.min(1, Math.max(relativeGap(), Math.max(equicorrelation.delta(), anchorError())));
    double[] ones = new double[neurons.size()];
    Arrays.fill(ones, 1);
    this.polytope = polytope(resolve, neurons.matrix(), ones, neurons.anchor());
  }

  /**
   * The optimal set of a program held on this machine.
   *
   * @param program the program
   * @param gates for each pattern, in its row, a gate that induces it; 0 x 0 for C-ReLU
   * @param solution a solution of it, best to a relative gap of 1e-12
   */
  public static OptimalSet of(ConvexProgram program, Matrix gates, Solution solution) {
    return of(Equicorrelation.of(program, solution), gates);
  }

  /** The optimal set that an equicorrelation set spans. */
  public static OptimalSet of(Equicorrelation equicorrelation, Matrix gates) {
    OptimalNeurons neurons = OptimalNeurons.of(equicorrelation, gates);
    boolean all = neurons.blocks() == equicorrelation.members().size();
    return new OptimalSet(equicorrelation, neurons, all);
  }

  /**
   * The members that use no other neurons than the solution does: what the paper's published code
   * searches. It is a face of this set, and all of it only where the solution's support is S_max.
   */
  public OptimalSet onSupport() {
    return new OptimalSet(equicorrelation, neurons.active(), resolved());
  }

  /** The members that use no neuron of undecided membership. */
  OptimalSet onDecided() {
    return new OptimalSet(equicorrelation, neurons.decided(), resolved());
  }

  /**
   * Whether other members than the solution were looked for ({@link Polytope#resolved}): not where
   * it is too far from optimal, or the data too close to degenerate, for rounding to decide.
   */
  public boolean resolved() {
    return polytope.resolved();
  }

  /**
   * What an analysis finds of this set. Where rounding keeps one of its programs from an end it is
   * made of the set that is not {@link #resolved}, which has the solution alone.
   */
  public <T> T analysed(Function<OptimalSet, T> analysis) {
    try {
      return analysis.apply(this);
    } catch (ArithmeticException beyondRounding) {
      if (!resolved()) {
        throw beyondRounding;
      }
      return analysis.apply(new OptimalSet(equicorrelation, neurons, false));
    }
  }

  /** E, as far as the solution shows it. */
  public Equicorrelation equicorrelation() {
    return equicorrelation;
  }

  /** The neurons that members are made of. */
  public OptimalNeurons neurons() {
    return neurons;
  }

  /** The polytope of the weights beta. */
  public Polytope polytope() {
    return polytope;
  }

  /** The solution's own weights beta0 on the neurons. */
  public double[] anchor() {
    return neurons.anchor();
  }

  /** |S_max| - rank(M_{S_max}) over merged neurons. */
  public int dimension() {
    return polytope.dimension();
  }

  /** The number of blocks of the neurons in S_max: those that are active at some optimum. */
  public int blockSupport() {
    return Arrays.stream(polytope.support())
        .map(j -> neurons.neurons().get(j).blocks().size())
        .sum();
  }

  /**
   * The dimension over blocks, |S_max| - rank(M_{S_max}) with a column for every block: blocks of
   * one neuron have equal columns, so the rank is that over neurons, and a neuron of g blocks adds
   * g - 1 to the dimension.
   */
  public int blockDimension() {
    return dimension() + blockSupport() - polytope.support().length;
  }

  /**
   * The dimension of the set of functions that optimal networks compute, as functions of the
   * features (constant columns of X stay constant).
   *
   * @param seed of the points where they are compared
   */
  public int functionDimension(long seed) {
    return functionRank(seed).value();
  }

  /** {@link #functionDimension} with the figures that decide it. */
  public Rank functionRank(long seed) {
    return FunctionRank.of(neurons.select(polytope.support()), accuracy, seed);
  }

  /** Whether there is one optimal network, with the figures that decide it. */
  public Uniqueness uniqueness() {
    return UniquenessDecision.of(this);
  }

  /**
   * How far the columns M and the anchor are off, relatively: the largest of the solution's gap,
   * delta ({@link Equicorrelation}), and ||M beta0 - yhat|| / sum_j ||m_j|| beta0_j, what the
   * directions of its weights are off their rays. A gap of 1e-12 alone leaves errors up to 1e-6.
   * Ranks and supports have the tolerance max(1e-9, 100 times this).
   */
  public double accuracy() {
    return accuracy;
  }

  private double anchorError() {
    double[] anchor = neurons.anchor();
    double[] error = neurons.fit(anchor);
    double size = 0;
    for (int j = 0; j < anchor.length; j++) {
      size += anchor[j] * Vectors.norm(neurons.neurons().get(j).fit());
    }
    for (int r = 0; r < error.length; r++) {
      error[r] -= problem().y()[r] - equicorrelation.u()[r];
    }
    return size > 0 ? Vectors.norm(error) / size : 0;
  }

  /** sum_b alpha_b = u'yhat / lambda^2, the same for all members. */
  public double alphaSum() {
    return equicorrelation.alphaSum();
  }

  /** The network with the given weights beta, each neuron in its first block. */
  public BlockWeights weights(double[] beta) {
    return neurons.weights(beta);
  }

  /** 1/2 ||f(X) - y||^2 + lambda sum_j beta_j of the network itself. */
  public double objective(double[] beta) {
    double[] u = new Certifier(problem()).residual(weights(beta));
    return SquaredLoss.ofSquare(Vectors.dot(u, u)) + lambda() * Arrays.stream(beta).sum();
  }

  /** The relative gap between a member's own objective and the solution's dual bound. */
  public double relativeGap(double[] beta) {
    double objective = objective(beta);
    double dual = equicorrelation.solution().certificate().dualObjective();
    // A member's objective is that of rounded fits, the bound is not.
    return objective == 0 ? 0 : Math.max(0, (objective - dual) / objective);
  }

  /** The least and largest weight ||w|| of neuron j over all optimal networks. */
  public Range neuronRange(int j) {
    double[] c = new double[neurons.size()];
    c[java.util.Objects.checkIndex(j, c.length)] = 1;
    return polytope.range(c);
  }

  /**
   * How far two optimal networks can disagree at a point: the range of their predictions there.
   *
   * @param x d entries, in the columns of X
   */
  public Range predictionRange(double[] x) {
    return polytope.range(neurons.responses(x));
  }

  /**
   * The range of a linear functional sum_b c_b alpha_b over blocks.
   *
   * <p>The blocks of one neuron share its weight freely, so the largest value puts beta_j / lambda
   * on its block of largest c_b, and the least on that of least c_b.
   *
   * @param c an entry for each of {@link Equicorrelation#members}, in their order
   * @return min and max, with the neurons' weights beta that attain them
   */
  public Range alphaRange(double[] c) {
    List<Member> members = equicorrelation.members();
    if (c.length != members.size()) {
      throw new IllegalArgumentException(
          "c has " + c.length + " entries, expected " + members.size());
    }
    Range upper = polytope.range(perNeuron(c, 1));
    double[] least = perNeuron(c, -1);
    Vectors.scale(-1, least, 0, least.length);
    Range lower = polytope.range(least);
    return new Range(
        lower.min(),
        upper.max(),
        lower.argmin(),
        upper.argmax(),
        lower.constant() && upper.constant() && lower.min() == upper.max());
  }

  /** For each neuron the largest sign * c_b / lambda of its blocks. */
  private double[] perNeuron(double[] c, int sign) {
    java.util.Map<Integer, Double> byBlock = new java.util.HashMap<>();
    for (int i = 0; i < c.length; i++) {
      byBlock.put(equicorrelation.members().get(i).projected().block().id(), sign * c[i]);
    }
    return neurons.neurons().stream()
        .mapToDouble(
            neuron ->
                neuron.blocks().stream()
                        .mapToDouble(block -> byBlock.get(block.id()))
                        .max()
                        .orElseThrow()
                    / lambda())
        .toArray();
  }

  /** A path of optimal networks from one member to another. */
  public OptimalPath path(double[] from, double[] to) {
    return new OptimalPath(weights(from), weights(to));
  }

  /**
   * The polytope in coordinates s_j beta_j of some columns; where undecided neurons take part the
   * sum of beta is held.
   */
  Polytope polytope(double[] columns, double[] s, double[] anchor) {
    return polytope(resolved(), columns, s, anchor);
  }

  private Polytope polytope(boolean resolve, double[] columns, double[] s, double[] anchor) {
    int n = problem().n();
    if (!resolve) {
      return Polytope.ofAnchor(n, columns, anchor, accuracy);
    }
    List<double[]> sum =
        neurons.undecided() > 0
            ? List.of(Arrays.stream(s).map(factor -> 1 / factor).toArray())
            : List.of();
    return Polytope.ofOptimum(n, columns, sum, anchor, accuracy);
  }

  private double relativeGap() {
    return solution().certificate().relativeGap();
  }

  Problem problem() {
    return equicorrelation.problem();
  }

  Solution solution() {
    return equicorrelation.solution();
  }

  double lambda() {
    return equicorrelation.ball().lambda();
  }
}
