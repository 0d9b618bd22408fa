package org.relupath.core.optimalset;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.RayMerging;

/**
 * The neurons that optimal networks are made of, and what a network of them computes.
 *
 * <p>Blocks of E on one ray and of one sign are one neuron (C-ReLU; never for C-GReLU, where each
 * block fits through its own pattern). With v_b of length lambda a block's weights are w_b =
 * alpha_b v_b; here neurons carry <em>weight</em> beta_j = sum over its blocks of ||w_b|| = lambda
 * sum alpha_b, and the optimal set is
 *
 * <pre>{beta >= 0 : M beta = yhat},   M = [m_1 ... m_k],   m_j = Z_b v_b / ||v_b||.</pre>
 *
 * @param problem X, y and the model
 * @param gates for each pattern b, in row b, a gate that induces it; read by predictions of C-GReLU
 *     only, 0 x 0 for C-ReLU
 * @param neurons k neurons, in the order of their first blocks
 */
public record OptimalNeurons(Problem problem, Matrix gates, List<OptimalNeuron> neurons) {
  /** A neuron with less than this part of the solution's total weight is a remainder, and zero. */
  private static final double REMAINDER = 1e-11;

  /** Copies the list and checks the gates. */
  public OptimalNeurons {
    neurons = List.copyOf(neurons);
    if (problem.model() == Model.GATED && gates.columns() != problem.d()) {
      throw new IllegalArgumentException(
          "gates are " + gates + ", expected " + problem.d() + " columns as X has");
    }
  }

  /** All neurons that E makes; a block whose projection is nothing but rounding has no ray. */
  public static OptimalNeurons of(Equicorrelation e, Matrix gates) {
    Problem problem = e.problem();
    List<Member> all =
        e.members().stream().filter(m -> Vectors.norm(m.projected().direction()) > 0).toList();
    List<Block> blocks = all.stream().map(m -> m.projected().block()).toList();
    List<double[]> rays = all.stream().map(m -> m.projected().direction()).toList();
    int[] groups = RayMerging.groups(problem.model(), blocks, rays);
    List<List<Member>> members = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      if (groups[i] == members.size()) {
        members.add(new ArrayList<>());
      }
      members.get(groups[i]).add(all.get(i));
    }
    double least = REMAINDER * e.members().stream().mapToDouble(Member::weight).sum();
    return new OptimalNeurons(
        problem, gates, members.stream().map(group -> neuron(problem, group, least)).toList());
  }

  private static OptimalNeuron neuron(Problem problem, List<Member> group, double least) {
    double weight = group.stream().mapToDouble(Member::weight).sum();
    Block first = group.get(0).projected().block();
    double[] ray = group.get(0).projected().direction();
    return new OptimalNeuron(
        first.sign(),
        ray,
        new BlockWeights(List.of(first), ray.length, ray).fit(problem.x(), problem.model()),
        group.stream().map(member -> member.projected().block()).toList(),
        weight >= least ? weight : 0,
        group.stream().allMatch(member -> member.membership() == Membership.UNDECIDED));
  }

  /**
   * The neurons of the solution's own support alone: the set that the paper's published code
   * searches. It is a face of the whole optimal set.
   */
  public OptimalNeurons active() {
    return new OptimalNeurons(
        problem, gates, neurons.stream().filter(neuron -> neuron.anchor() > 0).toList());
  }

  /** The neurons that are known to be in E, one of their blocks at least. */
  OptimalNeurons decided() {
    return new OptimalNeurons(
        problem, gates, neurons.stream().filter(neuron -> !neuron.undecided()).toList());
  }

  /** The given neurons alone. */
  public OptimalNeurons select(int[] chosen) {
    return new OptimalNeurons(
        problem, gates, java.util.Arrays.stream(chosen).mapToObj(neurons::get).toList());
  }

  /** k. */
  public int size() {
    return neurons.size();
  }

  /** M, n x k, column-major. */
  public double[] matrix() {
    int n = problem.n();
    double[] m = new double[n * size()];
    for (int j = 0; j < size(); j++) {
      System.arraycopy(neurons.get(j).fit(), 0, m, j * n, n);
    }
    return m;
  }

  /** beta0, the solution's own weights, k entries. */
  public double[] anchor() {
    return neurons.stream().mapToDouble(OptimalNeuron::anchor).toArray();
  }

  /** The number of blocks of all neurons. */
  int blocks() {
    return neurons.stream().mapToInt(neuron -> neuron.blocks().size()).sum();
  }

  /** The number of neurons none of whose blocks is known to be in E. */
  public int undecided() {
    return (int) neurons.stream().filter(OptimalNeuron::undecided).count();
  }

  /**
   * The network with the given weights, each neuron in its first block: w_b = beta_j v_b / ||v_b||.
   *
   * @param beta k weights, none negative
   */
  public BlockWeights weights(double[] beta) {
    return weights(beta, false);
  }

  /**
   * The network with the given weights, each neuron in equal shares on all of its blocks.
   *
   * @param beta k weights, none negative
   */
  public BlockWeights spread(double[] beta) {
    return weights(beta, true);
  }

  private BlockWeights weights(double[] beta, boolean spread) {
    require(beta);
    int d = problem.d();
    List<Block> blocks = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (int j = 0; j < size(); j++) {
      OptimalNeuron neuron = neurons.get(j);
      int shares = spread ? neuron.blocks().size() : 1;
      for (int i = 0; i < shares && beta[j] > 0; i++) {
        double[] w = neuron.ray().clone();
        Vectors.scale(beta[j] / shares, w, 0, d);
        blocks.add(neuron.blocks().get(i));
        rows.add(w);
      }
    }
    double[] values = new double[rows.size() * d];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * d, d);
    }
    return new BlockWeights(blocks, d, values).compact();
  }

  /** What the network with these weights computes on the training rows, M beta (n entries). */
  public double[] fit(double[] beta) {
    require(beta);
    double[] fit = new double[problem.n()];
    for (int j = 0; j < size(); j++) {
      Vectors.axpy(beta[j], neurons.get(j).fit(), 0, fit, 0, fit.length);
    }
    return fit;
  }

  private void require(double[] beta) {
    if (beta.length != size()) {
      throw new IllegalArgumentException(
          "beta has " + beta.length + " entries, expected " + size());
    }
    for (int j = 0; j < beta.length; j++) {
      if (!(beta[j] >= 0)) {
        throw new IllegalArgumentException(
            "beta entry " + j + " is " + beta[j] + ", expected at least 0");
      }
    }
  }

  /**
   * What each neuron computes at a point per unit of weight: s (x'v)_+, for C-GReLU 1[x'g >= 0]
   * x'v, with v of length one.
   *
   * @param x d entries, in the columns of X
   * @return k entries
   */
  public double[] responses(double[] x) {
    if (x.length != problem.d()) {
      throw new IllegalArgumentException("x has " + x.length + " entries, expected " + problem.d());
    }
    double[] responses = new double[size()];
    for (int j = 0; j < size(); j++) {
      OptimalNeuron neuron = neurons.get(j);
      double score = Vectors.dot(x, neuron.ray());
      boolean gated = problem.model() == Model.GATED;
      boolean on = gated ? product(x, hyperplane(j)) >= 0 : score > 0;
      responses[j] = on ? neuron.sign() * score : 0;
    }
    return responses;
  }

  /** x'g summed from left to right, the order in which patterns are read. */
  private static double product(double[] x, double[] g) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * g[k];
    }
    return sum;
  }

  /** {@link #responses} of every row of a matrix (p x k, column-major). */
  public double[] responses(Matrix points) {
    int p = points.rows();
    double[] all = new double[p * size()];
    for (int i = 0; i < p; i++) {
      double[] row = responses(points.row(i));
      for (int j = 0; j < row.length; j++) {
        all[i + j * p] = row[j];
      }
    }
    return all;
  }

  /** The normal of the hyperplane where neuron j switches: its ray, or its gate. */
  double[] hyperplane(int j) {
    OptimalNeuron neuron = neurons.get(j);
    return problem.model() == Model.GATED
        ? gates.row(neuron.blocks().get(0).pattern())
        : neuron.ray();
  }
}
