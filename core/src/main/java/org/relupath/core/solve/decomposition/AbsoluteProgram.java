package org.relupath.core.solve.decomposition;

import java.util.BitSet;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.relupath.core.linalg.Selection;
import org.relupath.core.linalg.Vectors;

/**
 * The linear program of the split with the least l1 norms, solved by ojAlgo:
 *
 * <pre>minimise sum_k t_k   subject to   -t_k &lt;= p_k &lt;= t_k,   t_k >= |w_k|,   A p >= |A w|.
 * </pre>
 *
 * <p>Of the n rows only those are handed over that are nearly tight, and then those that the answer
 * violates, until none is: the last answer is optimal for all rows. Unknowns are scaled to p of
 * length about one. ojAlgo's rounding is taken off by going to the nearest point of the polyhedron;
 * an answer that this makes longer by more than 1e-8 is refused.
 */
final class AbsoluteProgram {
  private static final double VIOLATED = 1e-9;
  private static final double OPTIMAL = 1e-8;
  private static final int ROUNDS = 200;
  private static final long MILLISECONDS = 300_000;

  private final Polyhedron q;
  private final double[] w;
  private final double scale;
  private final BitSet rows = new BitSet();

  AbsoluteProgram(Polyhedron q, double[] w, double scale) {
    this.q = q;
    this.w = w;
    this.scale = scale;
  }

  /** The optimal p, from a point of the polyhedron; null if ojAlgo does not get there. */
  double[] solve(double[] start) {
    int d = w.length;
    addWorst(q.lack(start), 4 * d + 16, Double.NEGATIVE_INFINITY);
    for (int round = 0; round < ROUNDS; round++) {
      double[] p = solveRestricted();
      if (p == null) {
        return null;
      }
      if (!addWorst(q.lack(p), d + 16, VIOLATED * scale)) {
        double[] inside = q.nearest(p);
        return inside != null && value(inside) <= (1 + OPTIMAL) * value(p) ? inside : null;
      }
    }
    return null;
  }

  /** Adds the rows that lack most, those above {@code bar}; whether there were any new ones. */
  private boolean addWorst(double[] lack, int number, double bar) {
    int n = lack.length;
    double least =
        number < n ? Selection.smallest(lack.clone(), n - number + 1) : Double.NEGATIVE_INFINITY;
    int before = rows.cardinality();
    for (int r = 0; r < n; r++) {
      if (lack[r] >= least && lack[r] > bar) {
        rows.set(r);
      }
    }
    return rows.cardinality() > before;
  }

  private double[] solveRestricted() {
    int d = w.length;
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    model.options.time_abort = MILLISECONDS;
    model.options.time_suffice = MILLISECONDS;
    Variable[] p = new Variable[d];
    for (int k = 0; k < d; k++) {
      p[k] = model.newVariable("p" + k);
      Variable t = model.newVariable("t" + k).lower(Math.abs(w[k]) / scale).weight(1);
      model.newExpression("above" + k).set(t, 1).set(p[k], -1).lower(0);
      model.newExpression("below" + k).set(t, 1).set(p[k], 1).lower(0);
    }
    for (int r = rows.nextSetBit(0); r >= 0; r = rows.nextSetBit(r + 1)) {
      Expression row = model.newExpression("row" + r).lower(q.bound(r) / scale);
      for (int k = 0; k < d; k++) {
        row.set(p[k], q.normal(r, k));
      }
    }
    Optimisation.Result result = model.minimise();
    if (!result.getState().isOptimal()) {
      return null;
    }
    double[] answer = new double[d];
    for (int k = 0; k < d; k++) {
      answer[k] = result.doubleValue(model.indexOf(p[k]));
    }
    Vectors.scale(scale, answer, 0, d);
    return answer;
  }

  /** sum_k max(|p_k|, |w_k|). */
  private double value(double[] p) {
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      sum += Math.max(Math.abs(p[k]), Math.abs(w[k]));
    }
    return sum;
  }
}
