package org.relupath.core.audit.stationarity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/** A network with the slope of its objective in every neuron. */
public final class Examination {
  private final Problem problem;
  private final Neurons network;
  private final double[] residual;
  private final List<Slope> slopes = new ArrayList<>();
  private final Map<Integer, SteepestDescent> descents = new HashMap<>();

  /** Examines a network on the columns of X. */
  public Examination(Problem problem, double lambda, Neurons network) {
    this.problem = problem;
    this.network = network;
    this.residual = problem.y().clone();
    Vectors.axpy(-1, network.predict(problem.x()), 0, residual, 0, residual.length);
    PatternReader reader =
        problem.model() == Model.GATED ? new PatternReader(problem.sides()) : null;
    for (int j = 0; j < network.width(); j++) {
      slopes.add(bothZero(j) ? null : slope(j, lambda, reader));
    }
  }

  private Slope slope(int j, double lambda, PatternReader reader) {
    Matrix x = problem.x();
    double[] w = network.hidden().row(j);
    double a = network.output()[j];
    return reader == null
        ? Slope.relu(x, residual, lambda, w, a)
        : Slope.gated(x, residual, lambda, w, a, reader.pattern(network.gates().row(j)));
  }

  /** Whether a = 0 or W = 0: the neuron adds nothing on any input. */
  static boolean zero(Neurons network, int j) {
    return network.output()[j] == 0 || Vectors.norm(network.hidden().row(j)) == 0;
  }

  private boolean bothZero(int j) {
    return network.output()[j] == 0 && Vectors.norm(network.hidden().row(j)) == 0;
  }

  /** What neuron j does. */
  NeuronAudit.Kind kind(int j) {
    return zero(network, j)
        ? NeuronAudit.Kind.ZERO
        : slopes.get(j).dead() ? NeuronAudit.Kind.DEAD : NeuronAudit.Kind.ACTIVE;
  }

  public Neurons network() {
    return network;
  }

  /** u = y - f(X). */
  public double[] residual() {
    return residual;
  }

  /** The slope in neuron j, null where both of its factors are zero. */
  public Slope slope(int j) {
    return slopes.get(j);
  }

  /** The steepest descent from neuron j, one of whose factors is not zero. */
  SteepestDescent descent(int j) {
    return descents.computeIfAbsent(j, any -> SteepestDescent.of(slopes.get(j)));
  }

  /**
   * The network without zero neurons and scaled to ||W_j|| = |a_j|, for an examination of its own.
   */
  public Neurons balanced() {
    return Balancing.balanced(NeuronSelection.of(network, nonzeroNumbers()));
  }

  /** The network without zero and dead neurons. */
  public Neurons live() {
    return NeuronSelection.of(network, liveNumbers());
  }

  /** The numbers of the neurons of {@link #balanced}. */
  public int[] nonzeroNumbers() {
    return IntStream.range(0, network.width()).filter(j -> !zero(network, j)).toArray();
  }

  /** The numbers of the neurons of {@link #live}. */
  public int[] liveNumbers() {
    return IntStream.range(0, network.width()).filter(this::isLive).toArray();
  }

  private boolean isLive(int j) {
    return kind(j) == NeuronAudit.Kind.ACTIVE;
  }

  /** For each neuron of {@link #live} a pattern whose cone holds it. */
  public List<long[]> patterns() {
    return IntStream.of(liveNumbers()).mapToObj(j -> slopes.get(j).pattern()).toList();
  }

  /** For each neuron of {@link #live} its gate; none for ReLU. */
  public List<double[]> gates() {
    Neurons live = live();
    List<double[]> gates = new ArrayList<>();
    for (int j = 0; j < live.gates().rows(); j++) {
      gates.add(live.gates().row(j));
    }
    return gates;
  }

  /**
   * Patterns next to those of live neurons into which the objective falls, the steepest descent for
   * the neuron's size first.
   */
  public List<DescentStep> crossings(double bar) {
    List<DescentStep> crossings = new ArrayList<>();
    for (int j = 0; j < network.width(); j++) {
      if (!isLive(j) || slopes.get(j).kinks().isEmpty()) {
        continue;
      }
      SteepestDescent descent = descent(j);
      double rate = descent.rate() / Math.abs(network.output()[j]);
      DescentStep crossing =
          new DescentStep(
              j,
              slopes.get(j).pattern(),
              slopes.get(j).patternTowards(descent.delta()),
              network.output()[j] > 0 ? 1 : -1,
              rate);
      if (rate > bar && crossing.rows().length > 0 && crossing.active()) {
        crossings.add(crossing);
      }
    }
    crossings.sort(Comparator.comparingDouble(DescentStep::rate).reversed());
    return crossings;
  }
}
