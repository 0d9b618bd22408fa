package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.program.rows.ClimbPass;
import org.relupath.core.program.rows.DirectionProducts;
import org.relupath.core.program.rows.GramPass;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.solve.slide.BalancedNeurons;
import org.relupath.core.solve.slide.Descent;

/**
 * What networks ask of rows, those of all lambdas in the same passes: to slide, and to let
 * directions climb at their residuals.
 */
final class MovingNetworks {
  /** Entries of all Hessians that slides begin with, at most: 256 MB. Others begin without. */
  private static final long MOST_CURVATURE = 1L << 25;

  private final RowPasses rows;
  private int passes;

  MovingNetworks(RowPasses rows) {
    this.rows = rows;
  }

  /** Passes so far. */
  int passes() {
    return passes;
  }

  /** One network's descent of its own objective, in balanced form. */
  private static final class Slide {
    private final MovingNetwork network;
    private final Descent descent;
    private final int d;
    private BalancedNeurons at;
    private NetworkCurvature curvature;
    private double[] widths = {};

    Slide(MovingNetwork network, Descent.Limits limits) {
      this.network = network;
      this.d = network.weights().d();
      this.at = BalancedNeurons.of(network.weights().values(), network.signs());
      this.descent = new Descent(at.point(), limits);
    }

    /** Whether there is a point to look at. */
    boolean aim() {
      double[] next = descent.next();
      at = next == null ? null : new BalancedNeurons(next, at.m());
      return next != null;
    }

    ClimbPass.Climb ask() {
      int m = at.m();
      Matrix v = new Matrix(m, d, Arrays.copyOf(at.point(), m * d));
      int[] signs = signs(at);
      return new ClimbPass.Climb(MovingNetwork.blocks(at.weights(), signs, d), v, signs, widths);
    }

    void take(ClimbPass.Sums sums) {
      double lambda = network.lambda();
      if (curvature != null) {
        descent.guess(curvature.inverse(lambda, sums));
        curvature = null;
        widths = new double[0];
      }
      double value = SquaredLoss.ofSquare(sums.square()) + lambda * at.penalty();
      descent.take(value, () -> gradient(sums.gradients(), lambda));
    }

    private double[] gradient(double[] gradients, double lambda) {
      int m = at.m();
      double[] g = at.point().clone();
      Vectors.scale(lambda, g, 0, g.length);
      for (int j = 0; j < m; j++) {
        Vectors.axpy(-Math.abs(at.scale(j)), gradients, j * d, g, j * d, d);
        g[m * d + j] -= at.sign(j) * Vectors.dot(at.point(), j * d, gradients, j * d, d);
      }
      return g;
    }

    void end() {
      BalancedNeurons reached = new BalancedNeurons(descent.point(), network.width());
      network.move(reached.weights(), signs(reached));
    }

    private static int[] signs(BalancedNeurons neurons) {
      int[] signs = new int[neurons.m()];
      Arrays.setAll(signs, neurons::sign);
      return signs;
    }
  }

  /**
   * Lets neurons move.
   *
   * @param curved whether to begin with the Hessian: it costs as much as many passes over few rows
   * @param exhausted whether a limit has been hit: there is no further pass then
   */
  void slide(
      List<MovingNetwork> networks,
      Descent.Limits limits,
      boolean curved,
      BooleanSupplier exhausted) {
    List<Slide> slides = new ArrayList<>();
    for (MovingNetwork network : networks) {
      if (network.width() > 0) {
        slides.add(new Slide(network, limits));
      }
    }
    if (curved) {
      List<Slide> few = new ArrayList<>();
      long numbers = 0;
      for (Slide own : slides) {
        long square = (long) own.at.point().length * own.at.point().length;
        if (NetworkCurvature.pays(own.at) && numbers + square <= MOST_CURVATURE) {
          numbers += square;
          few.add(own);
        }
      }
      few.forEach(own -> own.curvature = new NetworkCurvature(own.at));
      RowPasses.parts(few, RowPasses.MOST_NUMBERS, own -> own.curvature.products().numbers())
          .forEach(part -> curve(part, exhausted));
    }
    List<Slide> moving = slides.stream().filter(Slide::aim).toList();
    while (!moving.isEmpty() && !exhausted.getAsBoolean()) {
      List<ClimbPass.Sums> sums = ask(moving.stream().map(Slide::ask).toList());
      for (int i = 0; i < sums.size(); i++) {
        moving.get(i).take(sums.get(i));
      }
      moving = moving.stream().filter(Slide::aim).toList();
    }
    slides.forEach(Slide::end);
  }

  private void curve(List<Slide> slides, BooleanSupplier exhausted) {
    if (exhausted.getAsBoolean()) {
      slides.forEach(slide -> slide.curvature = null);
      return;
    }
    List<Matrix> groups = new ArrayList<>();
    List<GramPass.Pair> pairs = new ArrayList<>();
    slides.forEach(slide -> slide.curvature.products().ask(groups, pairs));
    passes++;
    double[] sums = rows.ask(new GramPass(groups, pairs));
    int at = 0;
    for (Slide slide : slides) {
      DirectionProducts products = slide.curvature.products();
      slide.curvature.take(products.matrix(sums, at));
      at += Math.toIntExact(products.numbers());
      slide.widths = slide.curvature.widths(rows.rows());
    }
  }

  /**
   * Lets directions climb at the residuals of networks, which take what is found.
   *
   * @param climbs one a network
   * @param fewest steps, as long as any direction climbs
   * @param steps at most
   * @param enough whether a network needs to know no more after the fewest steps
   * @param exhausted whether a limit has been hit: the first step is the last one then
   */
  void climb(
      List<MovingNetwork> networks,
      List<DirectionClimb> climbs,
      int fewest,
      int steps,
      Predicate<MovingNetwork> enough,
      BooleanSupplier exhausted) {
    List<Integer> moving = new ArrayList<>();
    for (int l = 0; l < climbs.size(); l++) {
      moving.add(l);
    }
    for (int step = 0; step < steps && !moving.isEmpty(); step++) {
      if (step > 0 && exhausted.getAsBoolean()) {
        return;
      }
      List<ClimbPass.Sums> sums =
          ask(moving.stream().map(l -> climbs.get(l).ask(networks.get(l).weights())).toList());
      List<Integer> next = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        DirectionClimb climb = climbs.get(moving.get(i));
        MovingNetwork network = networks.get(moving.get(i));
        climb.take(sums.get(i).gradients());
        network.found(sums.get(i), climb.found());
        if (climb.climbs() && (step + 1 < fewest || !enough.test(network))) {
          next.add(moving.get(i));
        }
      }
      moving = next;
    }
  }

  private List<ClimbPass.Sums> ask(List<ClimbPass.Climb> climbs) {
    List<ClimbPass.Sums> sums = new ArrayList<>();
    for (List<ClimbPass.Climb> part :
        RowPasses.parts(climbs, RowPasses.MOST_NUMBERS, ClimbPass.Climb::numbers)) {
      passes++;
      sums.addAll(rows.ask(new ClimbPass(part)));
    }
    return sums;
  }
}
