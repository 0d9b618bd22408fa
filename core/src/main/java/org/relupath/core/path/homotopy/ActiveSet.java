package org.relupath.core.path.homotopy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.path.piece.Linearization;
import org.relupath.core.path.piece.Neuron;
import org.relupath.core.path.piece.Optimality;
import org.relupath.core.path.piece.Piece;
import org.relupath.core.path.piece.PiecePoint;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.RayMerging;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.ProjectedCorrelation;

/**
 * Finds the neurons and tight rows of the optimum at one lambda from nearly right ones: solves the
 * piece they make, and while a margin is negative lets that neuron go, that row tighten or loosen,
 * or that block enter.
 */
final class ActiveSet {
  /** Changes of the support at most before no optimum is said to be near. */
  private static final int CHANGES = 60;

  /** Fits nearer than this to the span of others are exchanged for them. */
  private static final double DEPENDENT = 1e-8;

  private final Optimality optimality;
  private int nextKey;

  ActiveSet(Optimality optimality) {
    this.optimality = optimality;
  }

  /** The point of a solver's solution: its blocks merged by ray, with their tight rows. */
  PiecePoint point(double lambda, BlockWeights solution) {
    BlockWeights weights = solution.compact();
    double[] u = new Certifier(optimality.problem()).residual(weights);
    List<ProjectedCorrelation> projections =
        weights.blocks().stream().map(b -> optimality.projector().project(b, u)).toList();
    int[] groups =
        RayMerging.groups(
            optimality.problem().model(),
            weights.blocks(),
            projections.stream().map(ProjectedCorrelation::direction).toList());
    int count = Arrays.stream(groups).max().orElse(-1) + 1;
    List<Neuron> neurons = new ArrayList<>();
    double[] norms = new double[count];
    double[][] directions = new double[count][];
    for (int i = 0; i < groups.length; i++) {
      norms[groups[i]] += weights.norm(i);
      if (groups[i] == neurons.size()) {
        ProjectedCorrelation first = projections.get(i);
        Neuron neuron = optimality.cones().neuron(nextKey++, first.block(), first.tight());
        directions[groups[i]] = unit(neuron.face().reduce(first.v()));
        neurons.add(neuron);
      }
    }
    return united(PiecePoint.of(optimality.problem(), neurons, lambda, norms, directions));
  }

  /**
   * Neurons that share a member as one, on the ray of the longer: at an optimum both are on the ray
   * of the member's v_b, and only a rough solution has them apart.
   */
  private static PiecePoint united(PiecePoint point) {
    for (int b = 0; b < point.size(); b++) {
      for (int other = 0; other < b; other++) {
        Neuron neuron = point.neurons().get(other);
        if (point.neurons().get(b).members().stream().anyMatch(m -> neuron.hasMember(m.id()))) {
          double[] norms = point.norms().clone();
          int kept = norms[b] > norms[other] ? b : other;
          norms[kept] = norms[b] + norms[other];
          PiecePoint sum =
              PiecePoint.of(
                  point.problem(), point.neurons(), point.lambda(), norms, point.directions());
          return united(without(sum, b + other - kept));
        }
      }
    }
    return point;
  }

  /**
   * The optimum at a point's lambda, empty where it is not found: the fits stay dependent, Newton's
   * method fails, or the changes come back to where they were.
   *
   * @param start where to start
   * @param first a change to make before anything else, or null
   */
  Optional<Optimum> settle(PiecePoint start, Margin first) {
    PiecePoint point = first == null ? start : changed(start, first);
    Set<List<List<Integer>>> seen = new HashSet<>();
    for (int change = 0; change < CHANGES && seen.add(signature(point)); change++) {
      Linearization linearization = Linearization.at(point);
      if (linearization.independence() < DEPENDENT) {
        Optional<PiecePoint> exchanged = exchanged(point, linearization);
        if (exchanged.isEmpty()) {
          return Optional.empty();
        }
        point = exchanged.get();
        continue;
      }
      Optional<Piece> piece = Piece.near(point, linearization);
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      Margins margins = Margins.at(piece.get().base(), optimality);
      if (margins.smallest() >= -Optimum.TOLERANCE) {
        return Optional.of(new Optimum(piece.get(), margins));
      }
      point = changed(piece.get().base(), worst(margins));
    }
    return Optional.empty();
  }

  private static List<List<Integer>> signature(PiecePoint point) {
    List<List<Integer>> signature = new ArrayList<>();
    for (Neuron neuron : point.neurons()) {
      List<Integer> one = new ArrayList<>();
      one.add(neuron.block().id());
      Arrays.stream(neuron.face().tight()).forEach(one::add);
      signature.add(one);
    }
    signature.sort((a, b) -> Integer.compare(a.get(0), b.get(0)));
    return signature;
  }

  private static Margin worst(Margins margins) {
    Margin worst = null;
    double least = 0;
    for (int b = 0; b < margins.point().size(); b++) {
      double[] values = margins.values(b);
      for (int i = 0; i < values.length; i++) {
        if (values[i] < least) {
          least = values[i];
          worst = margins.decode(b, i);
        }
      }
    }
    for (Map.Entry<Integer, Double> rival : margins.rivals().entrySet()) {
      if (rival.getValue() < least) {
        least = rival.getValue();
        worst = margins.entering(rival.getKey());
      }
    }
    return worst;
  }

  private PiecePoint changed(PiecePoint point, Margin margin) {
    return switch (margin.kind()) {
      case BLOCK_LEAVES -> without(point, margin.neuron());
      case ROW_TIGHTENS -> tightened(point, margin);
      case ROW_LOOSENS -> loosened(point, margin);
      case BLOCK_ENTERS -> entered(point, margin.block());
    };
  }

  private static PiecePoint without(PiecePoint point, int leaving) {
    int[] kept = IntStream.range(0, point.size()).filter(b -> b != leaving).toArray();
    return PiecePoint.of(
        point.problem(),
        Arrays.stream(kept).mapToObj(point.neurons()::get).toList(),
        point.lambda(),
        Arrays.stream(kept).mapToDouble(b -> point.norms()[b]).toArray(),
        Arrays.stream(kept).mapToObj(b -> point.directions()[b]).toArray(double[][]::new));
  }

  private PiecePoint tightened(PiecePoint point, Margin margin) {
    Neuron old = point.neurons().get(margin.neuron());
    int[] tight = Arrays.copyOf(old.face().tight(), old.face().tight().length + 1);
    tight[tight.length - 1] = margin.row();
    Neuron neuron = optimality.cones().neuron(old.key(), old.block(), tight);
    return placed(point, margin.neuron(), neuron, point.ray(margin.neuron()));
  }

  private PiecePoint loosened(PiecePoint point, Margin margin) {
    Neuron old = point.neurons().get(margin.neuron());
    int[] before = old.face().tight();
    int[] tight =
        old.face().simple()
            ? Arrays.stream(before).filter(r -> r != margin.row()).toArray()
            : optimality.projector().project(margin.block(), point.residual(), before).tight();
    Neuron neuron = optimality.cones().neuron(old.key(), margin.block(), tight);
    return placed(point, margin.neuron(), neuron, point.ray(margin.neuron()));
  }

  private PiecePoint entered(PiecePoint point, Block block) {
    ProjectedCorrelation projected = optimality.projector().project(block, point.residual());
    Neuron neuron = optimality.cones().neuron(nextKey++, block, projected.tight());
    for (int b = 0; b < point.size(); b++) {
      if (neuron.hasMember(point.neurons().get(b).block().id())) {
        // Both cones hold the new ray, so the old neuron has come to it.
        Neuron moved =
            new Neuron(
                point.neurons().get(b).key(), neuron.members(), neuron.face(), neuron.rows());
        return placed(point, b, moved, projected.v());
      }
    }
    int k = point.size();
    List<Neuron> neurons = new ArrayList<>(point.neurons());
    neurons.add(neuron);
    double[][] directions = Arrays.copyOf(point.directions(), k + 1);
    directions[k] = unit(neuron.face().reduce(projected.v()));
    return PiecePoint.of(
        point.problem(), neurons, point.lambda(), Arrays.copyOf(point.norms(), k + 1), directions);
  }

  /** A neuron put in another's place, and united with those that share its ray. */
  private PiecePoint placed(PiecePoint point, int place, Neuron neuron, double[] ray) {
    double[] z = neuron.face().reduce(ray);
    if (Vectors.norm(z) == 0) {
      return without(point, place);
    }
    List<Neuron> neurons = new ArrayList<>(point.neurons());
    double[] norms = point.norms().clone();
    double[][] directions = point.directions().clone();
    neurons.set(place, neuron);
    directions[place] = unit(z);
    int same = place;
    for (int b = 0; b < norms.length; b++) {
      boolean shares = neuron.hasMember(point.neurons().get(b).block().id());
      if (b != place && same == place && shares) {
        norms[place] += norms[b];
        same = b;
      }
    }
    PiecePoint result = PiecePoint.of(point.problem(), neurons, point.lambda(), norms, directions);
    return same == place ? result : without(result, same);
  }

  /**
   * Moves along a dependency of the fits, sum_b g_b Z_b w_b / ||w_b|| = 0, until a norm reaches
   * zero, and lets that neuron go: the fit stays, and so does sum ||w_b||.
   */
  private Optional<PiecePoint> exchanged(PiecePoint point, Linearization linearization) {
    double[] g = linearization.dependency();
    int last = point.size() - 1;
    boolean entering = point.norms()[last] == 0;
    double up = reach(point.norms(), g, 1);
    double down = reach(point.norms(), g, -1);
    double sign = entering ? Math.signum(g[last]) : up <= down ? 1 : -1;
    double t = sign > 0 ? up : down;
    if (sign == 0 || Double.isInfinite(t)) {
      return Optional.empty();
    }
    double[] norms = point.norms().clone();
    int leaving = -1;
    for (int b = 0; b < norms.length; b++) {
      norms[b] += sign * t * g[b];
      if (sign * g[b] < 0 && (leaving < 0 || norms[b] < norms[leaving])) {
        leaving = b;
      }
    }
    return Optional.of(
        without(
            PiecePoint.of(
                point.problem(), point.neurons(), point.lambda(), norms, point.directions()),
            leaving));
  }

  private static double reach(double[] norms, double[] g, double sign) {
    double reach = Double.POSITIVE_INFINITY;
    for (int b = 0; b < norms.length; b++) {
      if (sign * g[b] < 0) {
        reach = Math.min(reach, Math.max(norms[b], 0) / (-sign * g[b]));
      }
    }
    return reach;
  }

  private static double[] unit(double[] v) {
    double[] unit = v.clone();
    Vectors.scale(1 / Vectors.norm(v), unit, 0, unit.length);
    return unit;
  }
}
