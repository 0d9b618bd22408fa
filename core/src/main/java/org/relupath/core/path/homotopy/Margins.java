package org.relupath.core.path.homotopy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.path.piece.Neuron;
import org.relupath.core.path.piece.Optimality;
import org.relupath.core.path.piece.PiecePoint;
import org.relupath.core.program.Block;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.program.pricing.ProjectedCorrelation;

/**
 * The margins of a piece at one of its points: all are positive inside the piece, none is negative
 * at an optimum (the optimality conditions of core/docs/mathematics.md#certificate), and the first
 * zero ends it.
 *
 * <ul>
 *   <li>||w_b|| / sum ||w||: the neuron leaves;
 *   <li>(A_b w_b)_r / (||x_r|| ||w_b||) of the rows that are not tight: the row tightens;
 *   <li>rho_r ||x_r|| / ||c_b|| of the tight rows, for every member of a neuron: the row loosens;
 *   <li>1 - ||v_b|| / lambda of every block that is no member: the block enters.
 * </ul>
 *
 * <p>Where rows depend on tight ones multipliers are not unique. A negative one then counts only if
 * the projection of c_b has moved away from lambda w_b / ||w_b||; else it is exactly zero here.
 */
public final class Margins {
  /** Blocks of smaller ||v_b|| / lambda are not looked at one by one. */
  static final double NEAR = 0.98;

  private static final double MOVED = 1e-11;

  /**
   * Rounding adds less to a price, as a share of lambda, on rows that a path can be followed on.
   */
  private static final double SURE = 1e-6;

  private final PiecePoint point;

  /** The values of every neuron: its norm, then n slacks, then t multipliers a member. */
  private final double[][] values;

  /** 1 - ||v_b|| / lambda of the blocks near lambda that are no members. */
  private final Map<Integer, Double> rivals = new TreeMap<>();

  private final Map<Integer, Block> rivalBlocks = new TreeMap<>();

  private Margins(PiecePoint point) {
    this.point = point;
    this.values = new double[point.size()][];
  }

  /** The margins at a point. */
  static Margins at(PiecePoint point, Optimality optimality) {
    Margins margins = new Margins(point);
    double sum = Arrays.stream(point.norms()).map(Math::abs).sum();
    for (int b = 0; b < point.size(); b++) {
      margins.values[b] = margins.neuron(b, sum, optimality);
    }
    Pricing.Prices prices =
        optimality.pricer().price(point.residual(), NEAR * point.lambda(), Integer.MAX_VALUE);
    for (Pricing.Priced near : prices.violators()) {
      int id = near.block().id();
      if (point.neurons().stream().noneMatch(neuron -> neuron.hasMember(id))) {
        margins.rivals.put(id, margins.rival(near, optimality));
        margins.rivalBlocks.put(id, near.block());
      }
    }
    return margins;
  }

  /** A price is an upper bound: what rounding may add to it is not to make a block a violator. */
  private double rival(Pricing.Priced near, Optimality optimality) {
    double margin = 1 - near.norm() / point.lambda();
    return margin > SURE
        ? margin
        : 1
            - optimality.projector().project(near.block(), point.residual()).norm()
                / point.lambda();
  }

  private double[] neuron(int b, double sum, Optimality optimality) {
    Neuron neuron = point.neurons().get(b);
    int n = point.problem().n();
    int t = neuron.face().tight().length;
    double[] out = new double[1 + n + t * neuron.members().size()];
    out[0] = point.norms()[b] / sum;
    double[] ray = point.ray(b);
    slacks(neuron, ray, optimality, out);
    for (int i = 0; i < neuron.members().size() && t > 0; i++) {
      multipliers(neuron, neuron.members().get(i), ray, optimality, out, 1 + n + i * t);
    }
    return out;
  }

  private void slacks(Neuron neuron, double[] ray, Optimality optimality, double[] out) {
    Matrix x = point.problem().x();
    int d = ray.length;
    for (int r = 0; r < x.rows(); r++) {
      boolean open = optimality.coned() && optimality.cones().bounds(r);
      double side = neuron.block().side(r);
      out[1 + r] =
          open
              ? side * Vectors.dot(x.values(), r * d, ray, 0, d) / optimality.length(r)
              : Double.POSITIVE_INFINITY;
    }
    for (int r : neuron.face().zeros()) {
      out[1 + r] = Double.POSITIVE_INFINITY;
    }
  }

  private void multipliers(
      Neuron neuron, Block member, double[] ray, Optimality optimality, double[] out, int at) {
    double[] c = optimality.projector().correlation(member, point.residual());
    double size = Vectors.norm(c);
    double[] push = c.clone();
    Vectors.scale(-1, push, 0, push.length);
    Vectors.axpy(point.lambda(), ray, 0, push, 0, push.length);
    double[] g = neuron.face().coefficients(push);
    int[] tight = neuron.face().tight();
    boolean negative = false;
    for (int l = 0; l < tight.length; l++) {
      double side = member.active(tight[l]) ? 1 : -1;
      out[at + l] = side * g[l] * optimality.length(tight[l]) / size;
      negative |= out[at + l] < 0;
    }
    if (negative && !neuron.face().simple() && stays(neuron, member, ray, optimality)) {
      for (int l = 0; l < tight.length; l++) {
        out[at + l] = Math.max(out[at + l], 0);
      }
    }
  }

  /** Whether a member's projection is still lambda times the neuron's ray. */
  private boolean stays(Neuron neuron, Block member, double[] ray, Optimality optimality) {
    ProjectedCorrelation projected =
        optimality.projector().project(member, point.residual(), neuron.face().tight());
    double[] difference = projected.v();
    Vectors.axpy(-point.lambda(), ray, 0, difference, 0, difference.length);
    return Vectors.norm(difference) <= MOVED * point.lambda();
  }

  PiecePoint point() {
    return point;
  }

  /** Values of a neuron, in the order of {@link #decode}; not to be changed. */
  double[] values(int b) {
    return values[b];
  }

  /** 1 - ||v_b|| / lambda by block id, for those near lambda; not to be changed. */
  Map<Integer, Double> rivals() {
    return rivals;
  }

  /** The margin of a rival. */
  Margin entering(int id) {
    return new Margin(Event.Kind.BLOCK_ENTERS, -1, rivalBlocks.get(id), -1);
  }

  /** The block of a rival. */
  Block rival(int id) {
    return rivalBlocks.get(id);
  }

  /** What the i-th value of a neuron is. */
  Margin decode(int b, int i) {
    Neuron neuron = point.neurons().get(b);
    int n = point.problem().n();
    if (i == 0) {
      return new Margin(Event.Kind.BLOCK_LEAVES, b, neuron.block(), -1);
    }
    if (i <= n) {
      return new Margin(Event.Kind.ROW_TIGHTENS, b, neuron.block(), i - 1);
    }
    int[] tight = neuron.face().tight();
    Block member = neuron.members().get((i - 1 - n) / tight.length);
    return new Margin(Event.Kind.ROW_LOOSENS, b, member, tight[(i - 1 - n) % tight.length]);
  }

  /** The smallest of all margins; positive infinity for none. */
  double smallest() {
    double least = rivals.values().stream().min(Comparator.naturalOrder()).orElse(1 - NEAR);
    for (double[] neuron : values) {
      for (double value : neuron) {
        least = Math.min(least, value);
      }
    }
    return least;
  }

  /** The smallest margin of one kind among those looked at; positive infinity for none. */
  double smallest(Event.Kind kind) {
    double least = Double.POSITIVE_INFINITY;
    if (kind == Event.Kind.BLOCK_ENTERS) {
      return rivals.values().stream().min(Comparator.naturalOrder()).orElse(least);
    }
    int n = point.problem().n();
    for (double[] neuron : values) {
      int from = kind == Event.Kind.BLOCK_LEAVES ? 0 : kind == Event.Kind.ROW_TIGHTENS ? 1 : n + 1;
      int to =
          kind == Event.Kind.BLOCK_LEAVES
              ? 1
              : kind == Event.Kind.ROW_TIGHTENS ? n + 1 : neuron.length;
      for (int i = from; i < to; i++) {
        least = Math.min(least, neuron[i]);
      }
    }
    return least;
  }
}
