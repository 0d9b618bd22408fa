package org.relupath.core.path.homotopy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.path.piece.Neuron;
import org.relupath.core.path.piece.Optimality;
import org.relupath.core.path.piece.PiecePoint;

/** Blocks that are no neurons of an optimum although ||v_b|| = lambda. */
final class Ties {
  /** Margins below this are taken for zero. */
  private static final double ZERO = 1e-9;

  /** Relative singular value below which fits are dependent. */
  private static final double RANK = 1e-9;

  private Ties() {}

  /**
   * Why an optimum is, as far as can be seen, not the only one: the fits of its neurons and of the
   * tied blocks are linearly dependent. Empty where they are not.
   */
  static Optional<String> at(Margins margins, Optimality optimality) {
    if (margins.rivals().values().stream().noneMatch(margin -> margin < ZERO)) {
      return Optional.empty();
    }
    PiecePoint point = margins.point();
    int n = point.problem().n();
    List<double[]> fits = new ArrayList<>();
    for (int b = 0; b < point.size(); b++) {
      fits.add(fit(point.neurons().get(b), point.ray(b), n, point));
    }
    List<Neuron> tied = new ArrayList<>();
    for (Map.Entry<Integer, Double> rival : margins.rivals().entrySet()) {
      int id = rival.getKey();
      if (rival.getValue() < ZERO && tied.stream().noneMatch(neuron -> neuron.hasMember(id))) {
        var projected = optimality.projector().project(margins.rival(id), point.residual());
        Neuron neuron = optimality.cones().neuron(-1, projected.block(), projected.tight());
        tied.add(neuron);
        fits.add(fit(neuron, projected.direction(), n, point));
      }
    }
    for (double[] fit : fits) {
      double length = Vectors.norm(fit);
      Vectors.scale(length > 0 ? 1 / length : 0, fit, 0, n);
    }
    int rank = Dense.ofColumns(n, fits).svd().rank(RANK);
    return rank == fits.size()
        ? Optional.empty()
        : Optional.of(
            tied.size()
                + " further rays have norm lambda, and the fits of all "
                + fits.size()
                + " have rank "
                + rank);
  }

  private static double[] fit(Neuron neuron, double[] ray, int n, PiecePoint point) {
    double[] fit = new double[n];
    neuron.addFit(point.problem().x().values(), 1, ray, fit);
    return fit;
  }
}
