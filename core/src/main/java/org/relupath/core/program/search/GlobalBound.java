package org.relupath.core.program.search;

import org.relupath.core.data.Design;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.linalg.SpectralNorm;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * Lower bounds over all patterns without listing them (core/docs/audit.md#bounds): G(v) = y'v -
 * ||v||^2 / 2 bounds every network from below wherever ||v_b|| &lt;= lambda for the blocks b of all
 * patterns.
 *
 * <p>For C-ReLU that is s v'(X w)_+ &lt;= lambda for both signs s and all ||w|| &lt;= 1: a {@link
 * HingeSum} with p_r = |v_r| and sigma_r = sign(s v_r). Multiples v = t u of a vector u are scaled
 * by the t of core/docs/mathematics.md#certificate; or the positive and the negative part of u
 * apart, each so that its own part of the sums stays below lambda. For C-GReLU a pattern may hold
 * any rows, and
 *
 * <pre>||v_b|| = ||X'D v|| &lt;= max over ||w|| &lt;= 1 of sum_r (v_r x_r'w)_+.</pre>
 *
 * <p>The sums are bounded through singular values, and where X has at most {@value #SEARCHED}
 * columns also by a search over directions, which is as tight as its budget allows.
 */
public final class GlobalBound {
  /** Cones get too many beyond this dimension. */
  private static final int SEARCHED = 6;

  /** Multiply-adds of a search: some tenths of a second. */
  private static final long WORK = 10_000_000;

  /** A bound this close to what it bounds is exact for every purpose. */
  private static final double TOLERANCE = 1e-9;

  /** Above so many multiply-adds for a Gram matrix, sigma_max(X) serves for all vectors. */
  private static final double HEAVY = 1e8;

  /** Above this order singular values cost more than the bound is worth. */
  private static final int LARGE = 1000;

  private final Problem problem;
  private final double sigma;
  private final Norms targets;

  /** Bounds of the networks of a problem. */
  public GlobalBound(Problem problem) {
    problem.requireSquares("a bound of all networks");
    this.problem = problem;
    double d = problem.d();
    boolean dear = problem.n() * d * d > HEAVY || d > LARGE;
    this.sigma = dear ? sigma(problem.design()) : Double.NaN;
    this.targets = new Norms(problem.y());
  }

  /**
   * The best bound that multiples of u and of y prove; 0 is always one.
   *
   * @param u n numbers, best the residual y - sum_b Z_b w_b of a good network
   * @param lambda the regularization, > 0, with the loss as a sum
   */
  public LowerBound of(double[] u, double lambda) {
    Norms norms = new Norms(u);
    double norm = Math.max(targets.bound(lambda), norms.bound(lambda));
    double searched = norms.searched(lambda);
    return searched > norm
        ? new LowerBound(searched, LowerBound.Source.BRANCH_AND_BOUND)
        : new LowerBound(norm, LowerBound.Source.NORM);
  }

  /** G(t u) with the best t of which t norm &lt;= lambda. */
  public static double scaled(double[] u, double[] y, double lambda, double norm) {
    double t = SquaredLoss.dualScale(Vectors.dot(u, y), Vectors.dot(u, u), lambda, norm);
    return SquaredLoss.dualValue(t, y, u);
  }

  /** An upper bound of sigma_max(X). */
  private static double sigma(Design x) {
    int order = Math.min(x.rows(), x.columns());
    if (x instanceof SparseMatrix sparse) {
      SparseMatrix few = x.rows() == order ? sparse : sparse.transposed();
      return order > LARGE
          ? SpectralNorm.UP * Math.min(x.norm(), sparse.sumBound())
          : sigma(order, few.gram());
    }
    if (order > LARGE) {
      return SpectralNorm.UP * x.norm();
    }
    return SpectralNorm.bound(x.rows(), x.columns(), x.dense().values());
  }

  /**
   * An upper bound of sigma_max(X), with which ||X'D u|| &lt;= sigma_max(X) ||u|| for every D.
   *
   * @param order of X'X, or of XX'
   * @param gram that matrix
   */
  public static double sigma(int order, double[] gram) {
    if (order > LARGE) {
      double trace = 0;
      for (int k = 0; k < order; k++) {
        trace += gram[k * order + k];
      }
      return SpectralNorm.UP * Math.sqrt(trace);
    }
    return SpectralNorm.UP * Math.sqrt(SymmetricEigen.largest(order, gram));
  }

  /** Upper bounds of the norms of one vector u over all patterns. */
  private final class Norms {
    private final double[] u;
    private final HingeSum[] sums;

    /** Of the positive terms of each sum. */
    private final double[] apart;

    private double together;

    Norms(double[] u) {
      this.u = u;
      this.sums =
          problem.model() == Model.GATED
              ? new HingeSum[] {gated()}
              : new HingeSum[] {relu(1), relu(-1)};
      this.apart = new double[sums.length];
      for (int i = 0; i < sums.length; i++) {
        double absolute = Double.isNaN(sigma) ? sums[i].absolute() : sigma * sums[i].length();
        apart[i] = sums[i].positiveNormBound(absolute);
        together = Math.max(together, Math.min(apart[i], sums[i].normBound(absolute)));
      }
    }

    private HingeSum relu(int sign) {
      int n = problem.n();
      double[] weights = new double[n];
      int[] signs = new int[n];
      for (int r = 0; r < n; r++) {
        weights[r] = Math.abs(u[r]);
        signs[r] = sign * u[r] > 0 ? 1 : -1;
      }
      return new HingeSum(problem.design(), weights, signs);
    }

    private HingeSum gated() {
      double[] sides = new double[u.length];
      double[] weights = new double[u.length];
      int[] signs = new int[u.length];
      for (int r = 0; r < u.length; r++) {
        weights[r] = Math.abs(u[r]);
        signs[r] = 1;
        sides[r] = Math.signum(u[r]);
      }
      return new HingeSum(problem.design().scaledRows(sides), weights, signs);
    }

    double bound(double lambda) {
      double best = scaled(u, problem.y(), lambda, together);
      return Math.max(best, sums.length == 1 ? best : bothParts(lambda));
    }

    /** The parts where u is positive and where it is negative, scaled apart. */
    private double bothParts(double lambda) {
      double sum = 0;
      for (int i = 0; i < 2; i++) {
        double[] part = new double[u.length];
        for (int r = 0; r < u.length; r++) {
          part[r] = i == 0 ? Math.max(0, u[r]) : Math.min(0, u[r]);
        }
        sum += scaled(part, problem.y(), lambda, apart[i]);
      }
      return sum;
    }

    /** Multiply-adds of the search's first step. */
    private double orthants() {
      double d = problem.d();
      return (1 << problem.d()) * d * d * problem.n();
    }

    /** What the search proves; negative where it is not made. */
    double searched(double lambda) {
      if (problem.d() > SEARCHED
          || problem.design().isSparse()
          || together <= lambda
          || orthants() > WORK) {
        return -1;
      }
      double norm = 0;
      for (HingeSum sum : sums) {
        norm = Math.max(norm, new DirectionSearch(sum).upperBound(lambda, TOLERANCE, WORK));
      }
      return scaled(u, problem.y(), lambda, Math.min(norm, together));
    }
  }
}
