package org.relupath.core.path.homotopy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.path.piece.PiecePoint;

/**
 * The conditions under which the optimum is a smooth function of lambda and y, with the figures
 * that decide them (core/docs/mathematics.md#path). Margins at or below {@link #LIMIT} fail.
 *
 * @param neurons the number of neurons, blocks on one ray counted once
 * @param tightRows rows that the faces of all neurons are made of
 * @param multiplier min rho_r ||x_r|| / ||c_b|| over tight rows; infinite where there are none
 * @param slack min |x_r'w_b| / (||x_r|| ||w_b||) over rows that do not vanish on their neuron's
 *     face; infinite where there are none
 * @param blockMargin min 1 - ||v_b|| / lambda over blocks whose ray is not a neuron's, or 0.02
 *     where it is at least that
 * @param smallestNorm min ||w_b|| over neurons, 0 for none
 * @param largestNorm max ||w_b|| over neurons, 0 for none
 * @param independence the smallest distance of a neuron's fit from the span of those before it,
 *     relative to its length, in the metric of the curvature; 1 for none
 * @param error max_b ||N_b'Z_b'u - lambda w_b / ||w_b|| || / lambda of the optimum they are for
 */
public record Conditions(
    int neurons,
    int tightRows,
    double multiplier,
    double slack,
    double blockMargin,
    double smallestNorm,
    double largestNorm,
    double independence,
    double error) {
  /** At or below this a margin counts as zero. */
  public static final double LIMIT = 1e-6;

  static Conditions of(Margins margins, double independence) {
    PiecePoint point = margins.point();
    double least = neuronNorm(point, true);
    double most = neuronNorm(point, false);
    int rows = point.neurons().stream().mapToInt(b -> b.face().tight().length).sum();
    return new Conditions(
        point.size(),
        rows,
        margins.smallest(Event.Kind.ROW_LOOSENS),
        margins.smallest(Event.Kind.ROW_TIGHTENS),
        Math.min(1 - Margins.NEAR, margins.smallest(Event.Kind.BLOCK_ENTERS)),
        least,
        most,
        independence,
        point.error());
  }

  private static double neuronNorm(PiecePoint point, boolean least) {
    double norm = point.size() == 0 ? 0 : point.norms()[0];
    for (double a : point.norms()) {
      norm = least ? Math.min(norm, a) : Math.max(norm, a);
    }
    return norm;
  }

  /** Whether all of them hold. */
  public boolean hold() {
    return failures().isEmpty();
  }

  /** What fails, in words and with its figure; empty where all hold. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    check(failures, "a tight row has multiplier", multiplier);
    check(failures, "a row that is not held has slack", slack);
    check(failures, "a block that is not active has margin", blockMargin);
    check(failures, "a neuron has relative norm", neurons == 0 ? 1 : smallestNorm / largestNorm);
    check(failures, "the fits of the neurons are dependent: distance", independence);
    return failures;
  }

  private static void check(List<String> failures, String what, double figure) {
    if (!(figure > LIMIT)) {
      failures.add(String.format(Locale.ROOT, "%s %.1e", what, figure));
    }
  }
}
