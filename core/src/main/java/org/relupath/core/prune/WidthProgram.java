package org.relupath.core.prune;

import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.relupath.core.optimalset.Polytope;

/**
 * The width of the smallest network as a mixed-integer linear program, solved by ojAlgo:
 *
 * <pre>minimise sum_b y_b   subject to   0 &lt;= 1 + (N z)_b &lt;= u_b y_b,   y_b in {0, 1},</pre>
 *
 * <p>with u_b the largest value of 1 + (N z)_b = beta_b / center_b on the polytope. Without
 * integrality y_b = (1 + (N z)_b) / u_b, so its relaxation is one linear program over the polytope.
 */
final class WidthProgram {
  /** Below an integer by this much is that integer. */
  private static final double INTEGER = 1e-6;

  /** Relative weights up to this are zero. */
  private static final double ZERO = 1e-9;

  private final Polytope polytope;
  private final int[] support;
  private final double[] center;
  private final double[] largest;

  WidthProgram(Polytope polytope) {
    this.polytope = polytope;
    this.support = polytope.support();
    this.center = polytope.center();
    this.largest = new double[support.length];
    for (int i = 0; i < support.length; i++) {
      double[] unit = new double[polytope.size()];
      unit[support[i]] = 1;
      largest[i] = polytope.range(unit).max();
    }
  }

  /**
   * What the program says.
   *
   * @param member a member of few neurons, or null
   * @param lowerBound a proven lower bound of the width, 0 where nothing was proven
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
  record Outcome(double[] member, int lowerBound) {}

  /** The relaxation's value, rounded up. */
  int lowerBound() {
    double[] share = new double[polytope.size()];
    for (int i = 0; i < support.length; i++) {
      share[support[i]] = 1 / largest[i];
    }
    return (int) Math.ceil(polytope.range(share).min() - INTEGER);
  }

  /** Solves it within a time. */
  Outcome solve(long milliseconds) {
    if (milliseconds == 0) {
      return new Outcome(null, 0);
    }
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    model.options.time_abort = milliseconds;
    model.options.time_suffice = milliseconds;
    Variable[] used = build(model);
    Optimisation.Result result = model.minimise();
    if (!result.getState().isFeasible()) {
      return new Outcome(null, 0);
    }
    double[] unused = new double[polytope.size()];
    int width = 0;
    for (int i = 0; i < support.length; i++) {
      boolean on = result.doubleValue(model.indexOf(used[i])) > 0.5;
      width += on ? 1 : 0;
      unused[support[i]] = on ? 0 : 1 / center[support[i]];
    }
    // ojAlgo's answer holds to its own tolerance: the member without those neurons is computed.
    var rest = polytope.range(unused);
    if (rest.min() > ZERO) {
      return new Outcome(null, 0);
    }
    return new Outcome(rest.argmin(), result.getState().isOptimal() ? width : 0);
  }

  /** The model; its y. */
  private Variable[] build(ExpressionsBasedModel model) {
    int s = support.length;
    int k = polytope.dimension();
    double[] basis = polytope.basis();
    Variable[] z = new Variable[k];
    for (int j = 0; j < k; j++) {
      // All of the polytope is within a ball of radius s about its analytic center.
      z[j] = model.newVariable("z" + j).lower(-s).upper(s);
    }
    Variable[] y = new Variable[s];
    for (int i = 0; i < s; i++) {
      y[i] = model.newVariable("y" + i).binary().weight(1);
      Expression weight = model.newExpression("weight" + i).lower(-1);
      Expression use = model.newExpression("use" + i).lower(1);
      use.set(y[i], largest[i] / center[support[i]]);
      for (int j = 0; j < k; j++) {
        weight.set(z[j], basis[i + j * s]);
        use.set(z[j], -basis[i + j * s]);
      }
    }
    return y;
  }
}
