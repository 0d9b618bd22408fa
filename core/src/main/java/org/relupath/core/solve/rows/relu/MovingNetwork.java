package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.RayMerging;
import org.relupath.core.program.rows.ClimbPass;
import org.relupath.core.program.rows.RowWeights;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.rows.relu.DirectionClimb.Climbed;

/** A ReLU network on its way at one lambda, and what a search has found at its residual. */
final class MovingNetwork {
  /** Unit vectors this far apart are one neuron. */
  private static final double ONE_NEURON = 1e-3;

  /** A neuron below this part of the largest norm has vanished. */
  private static final double VANISHED = 2e-4;

  /** Neurons that join have no larger cosine: neighbours share what they would bring. */
  private static final double APART = 0.9;

  /** A violator this close to a neuron of its sign is where that one is on its way to. */
  private static final double BESIDE = 0.98;

  /** Violators join only if they violate by this part of what the largest does. */
  private static final double BORN = 0.3;

  /** Patterns of closer directions are much the same. */
  private static final double NEAR = 1 - 1e-3;

  /** Violators that are taken in at once, where fewer neurons than that are active. */
  static final int SMALLEST_BATCH = 10;

  private final double lambda;
  private BlockWeights weights;
  private List<Climbed> found = List.of();
  private SearchEvidence searched;
  private double objective;

  /**
   * A network.
   *
   * @param weights its neurons
   */
  MovingNetwork(double lambda, BlockWeights weights) {
    this.lambda = lambda;
    become(weights);
  }

  /** Takes the neurons of other weights. */
  void become(BlockWeights other) {
    int[] signs = other.blocks().stream().mapToInt(Block::sign).toArray();
    weights = blocks(other.values(), signs, other.d());
  }

  double lambda() {
    return lambda;
  }

  /** Its neurons, as blocks numbered in their order. */
  BlockWeights weights() {
    return weights;
  }

  int width() {
    return weights.size();
  }

  /** The signs of its neurons. */
  int[] signs() {
    return weights.blocks().stream().mapToInt(Block::sign).toArray();
  }

  /** Neurons as blocks numbered in their order. */
  static BlockWeights blocks(double[] w, int[] signs, int d) {
    List<Block> blocks = new ArrayList<>();
    for (int j = 0; j < signs.length; j++) {
      blocks.add(RowWeights.block(j, signs[j], signs.length));
    }
    return new BlockWeights(blocks, d, w);
  }

  /** The directions of its neurons, of length one. */
  List<double[]> directions() {
    List<double[]> directions = new ArrayList<>();
    for (int j = 0; j < width(); j++) {
      double[] w = weights.weights(j);
      Vectors.scale(1 / weights.norm(j), w, 0, w.length);
      directions.add(w);
    }
    return directions;
  }

  /**
   * Its weights as blocks of a table's patterns.
   *
   * @param numbers of the patterns of its neurons; one below 0 is left out
   * @param count of patterns that the table may have
   */
  BlockWeights numbered(int[] numbers, int count) {
    BlockWeights numbered = BlockWeights.zero(weights.d());
    for (int j = 0; j < width(); j++) {
      if (numbers[j] >= 0) {
        Block block = RowWeights.block(numbers[j], weights.blocks().get(j).sign(), count);
        BlockWeights own = new BlockWeights(List.of(block), weights.d(), weights.weights(j));
        numbered = numbered.combine(1, own, 1);
      }
    }
    return numbered;
  }

  /** Takes neurons that have moved: those that have met are one, and those that vanished none. */
  void move(double[] w, int[] signs) {
    int d = weights.d();
    BlockWeights merged = RayMerging.merge(blocks(w, signs, d), ONE_NEURON);
    int kept = 0;
    while (kept < merged.size() && merged.norm(kept) > VANISHED * merged.norm(0)) {
      kept++;
    }
    double[] rest = Arrays.copyOf(merged.values(), kept * d);
    become(new BlockWeights(merged.blocks().subList(0, kept), d, rest));
  }

  /**
   * Takes what a search has found.
   *
   * @param sums of the network at whose residual it was
   * @param directions the largest value first
   */
  void found(ClimbPass.Sums sums, List<Climbed> directions) {
    found = directions;
    double largest = found.isEmpty() ? 0 : Math.max(0, found.get(0).value());
    objective = SquaredLoss.ofSquare(sums.square()) + lambda * weights.normSum();
    double t = SquaredLoss.dualScale(sums.product(), sums.square(), lambda, largest);
    double gap = 1 - SquaredLoss.dualValue(t, sums.product(), sums.square()) / objective;
    searched = new SearchEvidence(largest / lambda, objective > 0 ? Math.max(0, gap) : 0);
  }

  /** The directions found, the largest value first. */
  List<Climbed> found() {
    return found;
  }

  /** 1/2 ||u||^2 + lambda sum_j ||w_j|| at the last search. */
  double objective() {
    return objective;
  }

  /** The evidence of the last search; null before the first one. */
  SearchEvidence searched() {
    return searched;
  }

  /** The gap that the last search leaves; 1 before the first one. */
  double gap() {
    return searched == null ? 1 : searched.searchedGap();
  }

  /** The best directions above lambda whose patterns differ, as many as neurons, or ten. */
  List<Climbed> violators() {
    return violators(Math.max(SMALLEST_BATCH, width()), List.of(), 1, NEAR);
  }

  /** Violators that are beside no neuron, and apart from each other, at most so many. */
  private List<Climbed> strangers(int most, Whitening whitening) {
    List<double[]> own = new ArrayList<>();
    for (int j = 0; j < width(); j++) {
      own.add(whitening.unitCoordinates(weights.weights(j)));
    }
    return violators(most, own, BESIDE, APART);
  }

  /** Whether the last search has found a violator that is beside no neuron. */
  boolean finds(Whitening whitening) {
    return !strangers(1, whitening).isEmpty();
  }

  private List<Climbed> violators(int most, List<double[]> own, double beside, double near) {
    List<Climbed> chosen = new ArrayList<>();
    for (Climbed c : found) {
      boolean apart =
          chosen.stream().noneMatch(o -> o.sign() == c.sign() && Vectors.dot(o.z(), c.z()) > near);
      for (int j = 0; j < own.size(); j++) {
        boolean alike = weights.blocks().get(j).sign() == c.sign();
        apart &= !alike || Vectors.dot(own.get(j), c.z()) <= beside;
      }
      if (chosen.size() < most && c.value() > lambda && apart) {
        chosen.add(c);
      }
    }
    return chosen;
  }

  /**
   * Lets violators that are beside no neuron join as neurons, each as long as alone it lowers the
   * objective best, divided by their number.
   *
   * @param most how many at most
   * @param sample rows whose sums are about those of all rows
   * @return whether any have joined
   */
  boolean join(int most, Matrix sample, Whitening whitening) {
    List<Climbed> chosen = strangers(most, whitening);
    double least = chosen.isEmpty() ? 0 : BORN * (chosen.get(0).value() - lambda);
    chosen = chosen.stream().filter(c -> c.value() - lambda >= least).toList();
    int d = weights.d();
    int width = width();
    double[] joined = Arrays.copyOf(weights.values(), (width + chosen.size()) * d);
    int[] signs = Arrays.copyOf(signs(), width + chosen.size());
    double[] scores = new double[sample.rows()];
    for (Climbed c : chosen) {
      Blas.gemm(false, false, 1, scores.length, d, 1, c.w(), 1, sample.values(), d, 0, scores, 1);
      double square = 0;
      for (double score : scores) {
        square += score > 0 ? score * score : 0;
      }
      if (square > 0) {
        double length = (c.value() - lambda) / (square * chosen.size());
        Vectors.axpy(length, c.w(), 0, joined, width * d, d);
        signs[width++] = c.sign();
      }
    }
    boolean any = width > width();
    become(blocks(Arrays.copyOf(joined, width * d), Arrays.copyOf(signs, width), d));
    return any;
  }
}
