package org.relupath.core.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.optimalset.polytope.ColumnSpace;
import org.relupath.core.optimalset.polytope.PolytopeInput;
import org.relupath.core.optimalset.polytope.Rank;
import org.relupath.core.optimalset.polytope.Vertex;

/**
 * Optimal pruning (algorithm 1 of the paper): while the fits M_b of the neurons with positive
 * weight are linearly dependent, the weights beta move along a dependency, M d = 0, until one of
 * them is zero. The fit M beta never changes; the network left is minimal, its fits independent.
 *
 * <p>One singular value decomposition gives an orthonormal basis N of all dependencies, in
 * coordinates of unit columns. When neuron b reaches zero a Householder reflection of N's columns
 * leaves its row in a single column, which is dropped: what is left is a basis of the dependencies
 * without b. A step is O(m k), all of a pruning O(m k^2).
 */
public final class ExactPruning {
  /** Entries of a direction up to this times the largest are rounding, and no neuron's. */
  private static final double ROUNDING = 1e-10;

  /** Weights up to this part of the total are zero. */
  private static final double NEGLIGIBLE = 1e-14;

  /** Relative change of the fit beyond which the last weights are fitted again. */
  private static final double DRIFT = 1e-13;

  private final PolytopeInput input;
  private final double[] fit;
  private final double[] norms;
  private final int[] support;
  private final double[] x;
  private final boolean[] alive;
  private final List<PruningStep> steps = new ArrayList<>();
  private double[] basis;
  private int k;

  /**
   * A pruned network.
   *
   * @param vertex the weights left
   * @param steps what happened, in order
   * @param fitChange ||M beta - M beta_0|| / ||M beta_0||
   * @param sumChange |1'beta - 1'beta_0| / 1'beta_0
   * @param rank the rank of the fits left: their number, if the pruning is complete
   */
  public record Result(
      Vertex vertex, List<PruningStep> steps, double fitChange, double sumChange, Rank rank) {
    /** Whether the fits left are independent, and the rank certain. */
    public boolean minimal() {
      return rank.value() == vertex.width() && rank.certain();
    }
  }

  private ExactPruning(PolytopeInput input) {
    this.input = input;
    double[] beta = input.anchor();
    this.fit = fit(beta);
    this.support = IntStream.range(0, beta.length).filter(b -> beta[b] > 0).toArray();
    ColumnSpace space = input.restrict(support).space();
    this.norms = space.norms();
    this.basis = space.basis();
    this.k = space.dependencies();
    this.x = new double[support.length];
    this.alive = new boolean[support.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = norms[i] * beta[support[i]];
      alive[i] = true;
    }
  }

  /**
   * Prunes, each step towards zero of the neuron that contributes least, c_b beta_b with c_b =
   * ||M_b||.
   *
   * @param n number of rows of M
   * @param columns M, n x m, column-major
   * @param beta m weights >= 0
   * @param gap the relative gap of the solution that M was computed from: the tolerance of the rank
   */
  public static Result of(int n, double[] columns, double[] beta, double gap) {
    return of(new PolytopeInput(n, columns, List.of(), beta, gap), new double[beta.length]);
  }

  /**
   * Prunes down an objective: each step follows the steepest descent of c'beta within the set,
   * where there is one, and else goes as without.
   *
   * @param input the set, whose further rows keep R beta too, and the weights to begin with
   * @param objective c, m entries
   */
  public static Result of(PolytopeInput input, double[] objective) {
    int m = input.anchor().length;
    if (objective.length != m) {
      throw new IllegalArgumentException(
          "the objective has " + objective.length + " entries, expected " + m);
    }
    ExactPruning pruning = new ExactPruning(input);
    pruning.dropZeros(0);
    while (pruning.k > 0) {
      pruning.step(objective);
    }
    return pruning.result();
  }

  /** Along a dependency to the first weight that reaches zero. */
  private void step(double[] objective) {
    double[] direction = descent(objective);
    int hit = firstToVanish(direction);
    if (hit < 0) {
      Vectors.scale(-1, direction, 0, direction.length);
      hit = firstToVanish(direction);
    }
    double length = x[hit] / -direction[hit];
    double before = Vectors.norm(x);
    for (int i = 0; i < x.length; i++) {
      x[i] = alive[i] && i != hit ? Math.max(0, x[i] + length * direction[i]) : 0;
    }
    drop(hit, length * Vectors.norm(direction) / before);
    dropZeros(0);
  }

  /** -N N'c in unit coordinates; towards the end of the least weight where that is nothing. */
  private double[] descent(double[] objective) {
    int s = x.length;
    double[] c = new double[s];
    for (int i = 0; i < s; i++) {
      c[i] = alive[i] ? objective[support[i]] / norms[i] : 0;
    }
    Dense directions = new Dense(s, k, basis);
    double[] along = directions.transposedTimes(c);
    if (Vectors.norm(along) <= ROUNDING * Vectors.norm(c)) {
      int least = least();
      for (int j = 0; j < k; j++) {
        along[j] = basis[least + j * s];
      }
    }
    Vectors.scale(-1, along, 0, k);
    return directions.times(along);
  }

  /** The least weight of a neuron that takes part in a dependency. */
  private int least() {
    int least = -1;
    for (int i = 0; i < x.length; i++) {
      if (alive[i] && rowNorm(i) > ROUNDING && (least < 0 || x[i] < x[least])) {
        least = i;
      }
    }
    return least;
  }

  private double rowNorm(int i) {
    double square = 0;
    for (int j = 0; j < k; j++) {
      square += basis[i + j * x.length] * basis[i + j * x.length];
    }
    return Math.sqrt(square);
  }

  private int firstToVanish(double[] direction) {
    double largest = 0;
    for (double d : direction) {
      largest = Math.max(largest, Math.abs(d));
    }
    int hit = -1;
    for (int i = 0; i < x.length; i++) {
      boolean falls = alive[i] && direction[i] < -ROUNDING * largest;
      if (falls && (hit < 0 || x[i] * -direction[hit] < x[hit] * -direction[i])) {
        hit = i;
      }
    }
    return hit;
  }

  private void dropZeros(double length) {
    double bar = NEGLIGIBLE * Arrays.stream(x).sum();
    for (int i = 0; i < x.length; i++) {
      if (alive[i] && x[i] <= bar) {
        drop(i, length);
      }
    }
  }

  /** Takes neuron i out, and with it one dependency if it took part in any. */
  private void drop(int i, double length) {
    int s = x.length;
    x[i] = 0;
    alive[i] = false;
    double norm = rowNorm(i);
    if (k > 0 && norm > ROUNDING) {
      reflect(i, norm);
      k--;
      basis = Arrays.copyOf(basis, s * k);
    }
    for (int j = 0; j < k; j++) {
      basis[i + j * s] = 0;
    }
    double[] beta = beta();
    int width = 0;
    for (boolean one : alive) {
      width += one ? 1 : 0;
    }
    steps.add(new PruningStep(support[i], width, length, beta, fitChange(beta), sumChange(beta)));
  }

  /** N H with the reflection H that turns row i into (0, ..., 0, -+norm). */
  private void reflect(int i, double norm) {
    int s = x.length;
    double[] v = new double[k];
    for (int j = 0; j < k; j++) {
      v[j] = basis[i + j * s];
    }
    v[k - 1] += v[k - 1] >= 0 ? norm : -norm;
    double[] product = new Dense(s, k, basis).times(v);
    double scale = -2 / Vectors.dot(v, v);
    for (int j = 0; j < k; j++) {
      Vectors.axpy(scale * v[j], product, 0, basis, j * s, s);
    }
  }

  private Result result() {
    int[] left = IntStream.range(0, x.length).filter(i -> alive[i]).toArray();
    int[] at = Arrays.stream(left).map(i -> support[i]).toArray();
    PolytopeInput restricted = input.restrict(at);
    ColumnSpace space = restricted.space();
    double[] beta = beta();
    if (fitChange(beta) > DRIFT) {
      beta = refitted(at, restricted.columns(), space, beta);
    }
    return new Result(
        new Vertex(beta, at), List.copyOf(steps), fitChange(beta), sumChange(beta), space.rank());
  }

  /** The weights on a support that fit best, if they are positive and better. */
  private double[] refitted(int[] at, double[] unit, ColumnSpace space, double[] beta) {
    int n = input.n();
    for (int i = 0; i < at.length; i++) {
      Vectors.scale(1 / space.norms()[i], unit, i * n, n);
    }
    double[] lack = fit.clone();
    Vectors.axpy(-1, fit(beta), 0, lack, 0, n);
    double[] correction = new Dense(n, at.length, unit).svd().solve(lack, space.rank().tolerance());
    double[] again = beta.clone();
    boolean positive = true;
    for (int i = 0; i < at.length; i++) {
      again[at[i]] += correction[i] / space.norms()[i];
      positive &= again[at[i]] > 0;
    }
    return positive && fitChange(again) < fitChange(beta) ? again : beta;
  }

  private double[] beta() {
    double[] beta = new double[input.anchor().length];
    for (int i = 0; i < x.length; i++) {
      beta[support[i]] = x[i] / norms[i];
    }
    return beta;
  }

  private double[] fit(double[] beta) {
    return new Dense(input.n(), beta.length, input.columns()).times(beta);
  }

  private double fitChange(double[] beta) {
    double[] change = fit(beta);
    Vectors.axpy(-1, fit, 0, change, 0, fit.length);
    return relative(Vectors.norm(change), Vectors.norm(fit));
  }

  private double sumChange(double[] beta) {
    double sum = Arrays.stream(input.anchor()).sum();
    return relative(Math.abs(Arrays.stream(beta).sum() - sum), sum);
  }

  private static double relative(double change, double size) {
    return change == 0 ? 0 : change / size;
  }
}
