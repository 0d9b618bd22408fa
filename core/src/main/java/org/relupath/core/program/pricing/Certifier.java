package org.relupath.core.program.pricing;

import org.relupath.core.data.Design;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.linalg.TwofoldSum;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.Loss;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.UnitRows;

/**
 * Certifies solutions of one program: from weights and a complete pricing pass at their residual to
 * a {@link Certificate}.
 */
public final class Certifier {
  private final Problem problem;
  private final Design x;
  private final double[] y;
  private final UnitRows rows;

  /** A certifier for the programs of a problem. */
  public Certifier(Problem problem) {
    this.problem = problem;
    this.x = problem.design();
    this.y = problem.y();
    this.rows = problem.unitRows();
  }

  /** u = l'(y - f(X)), the residual of the network itself: y - f(X) of the squared loss. */
  public double[] residual(BlockWeights weights) {
    return problem.loss().residuals(errors(weights));
  }

  private double[] errors(BlockWeights weights) {
    double[] e = y.clone();
    Vectors.axpy(-1, weights.fit(x, problem.model()), 0, e, 0, e.length);
    return e;
  }

  /** The objective of the network itself, whatever cones its weights are in. */
  public double objective(BlockWeights weights, double lambda) {
    double[] e = errors(weights);
    return problem.loss().value(problem.loss().residuals(e), () -> e) + lambda * weights.normSum();
  }

  /**
   * The certificate of a solution.
   *
   * @param weights the solution
   * @param u its {@link #residual}
   * @param lambda the regularization
   * @param prices a complete pass at u and lambda
   * @throws IllegalArgumentException if the pass is not complete
   */
  public Certificate certify(
      BlockWeights weights, double[] u, double lambda, Pricing.Prices prices) {
    return complete(bound(weights, u, lambda, prices), weights, u);
  }

  /**
   * The certificate of an iterate, without cone violation and KKT residual (NaN), which cost more
   * than the bound. {@link #complete(Certificate, BlockWeights)} computes them.
   */
  public Certificate bound(BlockWeights weights, double[] u, double lambda, Pricing.Prices prices) {
    if (!prices.complete()) {
      throw new IllegalArgumentException("only a complete pricing pass certifies a solution");
    }
    double loss = problem.loss().value(u, () -> errors(weights));
    double penalty = lambda * weights.normSum();
    Loss.DualPoint dual = problem.loss().dualPoint(y, u, lambda, prices.maxNorm());
    double rounding = 0;
    if (dual.value() > loss + penalty) {
      rounding = rounding(weights, u);
      // Impossible but for rounding, which rows far from the origin make as large as they like.
      loss = accurateLoss(weights);
    }
    double objective = loss + penalty;
    return new Certificate(
        lambda,
        loss,
        penalty,
        objective,
        dual.value(),
        Certificate.relativeGap(objective, dual.value(), rounding),
        dual.scale(),
        prices.maxNorm(),
        Double.NaN,
        Double.NaN);
  }

  /**
   * What u, and X'D_b u with it, owe to rounding, in the units of the objective: u_r is off by up
   * to (d + 4) 2^-53 sum_b |x_r|'|w_b|, and the dual value moves by its product with u_r and y_r.
   */
  private double rounding(BlockWeights weights, double[] u) {
    double total = weights.normSum();
    double sum = 0;
    for (int r = 0; r < y.length; r++) {
      double row = x.length(r);
      sum += (Math.abs(u[r]) + Math.abs(y[r])) * row * total;
    }
    return (problem.d() + y.length + 4) * 0x1p-53 * sum;
  }

  /** The loss with every x_r'w_b summed in twice the precision. */
  private double accurateLoss(BlockWeights weights) {
    double[] w = weights.values();
    int d = problem.d();
    double sum = 0;
    for (int r = 0; r < y.length; r++) {
      TwofoldSum rest = new TwofoldSum();
      rest.addProduct(1, y[r]);
      for (int i = 0; i < weights.size(); i++) {
        Block block = weights.blocks().get(i);
        TwofoldSum score = new TwofoldSum();
        addProducts(r, w, i * d, score);
        boolean on = problem.model() == Model.GATED ? block.active(r) : score.value() > 0;
        rest.addProduct(on ? -block.sign() : 0, score.value());
      }
      sum += problem.loss().value(rest.value());
    }
    return sum;
  }

  private void addProducts(int r, double[] w, int at, TwofoldSum score) {
    if (x instanceof SparseMatrix sparse) {
      for (int i = sparse.starts()[r]; i < sparse.starts()[r + 1]; i++) {
        score.addProduct(sparse.values()[i], w[at + sparse.indices()[i]]);
      }
      return;
    }
    for (int k = 0; k < problem.d(); k++) {
      score.addProduct(x.get(r, k), w[at + k]);
    }
  }

  /** The certificate of the same weights with their cone violation and KKT residual. */
  public Certificate complete(Certificate bound, BlockWeights weights) {
    return complete(bound, weights, residual(weights));
  }

  private Certificate complete(Certificate bound, BlockWeights weights, double[] u) {
    return new Certificate(
        bound.lambda(),
        bound.loss(),
        bound.penalty(),
        bound.objective(),
        bound.dualObjective(),
        bound.relativeGap(),
        bound.dualScale(),
        bound.maxNorm(),
        coneViolation(weights),
        kktResidual(weights, u, bound.lambda(), bound.maxNorm()));
  }

  /** max (-(A_b w_b)_r)_+ / (||x_r|| ||w_b||) over blocks and rows, 0 without cones. */
  public double coneViolation(BlockWeights weights) {
    double worst = 0;
    double[] scores = new double[rows == null ? 0 : rows.n()];
    for (int i = 0; rows != null && i < weights.size(); i++) {
      double norm = weights.norm(i);
      rows.design().multiply(weights.weights(i), scores);
      for (int r = 0; norm > 0 && r < rows.n(); r++) {
        worst = Math.max(worst, -weights.blocks().get(i).side(r) * scores[r] / norm);
      }
    }
    return worst;
  }

  private double kktResidual(BlockWeights weights, double[] u, double lambda, double maxNorm) {
    double worst = Math.max(0, maxNorm / lambda - 1);
    int d = problem.d();
    Projector projector = new Projector(problem);
    for (int i = 0; i < weights.size(); i++) {
      double norm = weights.norm(i);
      if (norm == 0) {
        continue;
      }
      int[] start = rows == null ? new int[0] : problem.tightRows(weights.values(), i * d);
      double[] v = projector.direction(weights.blocks().get(i), u, start);
      double square = 0;
      for (int k = 0; k < d; k++) {
        double difference = weights.values()[i * d + k] / norm - v[k] / lambda;
        square += difference * difference;
      }
      worst = Math.max(worst, Math.sqrt(square));
    }
    return worst;
  }
}
