package org.relupath.core.optimalset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.optimalset.Uniqueness.State;
import org.relupath.core.optimalset.polytope.ColumnSpace;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.Range;
import org.relupath.core.optimalset.polytope.Rank;
import org.relupath.core.program.Block;
import org.relupath.core.program.pricing.Certificate;

/** Decides uniqueness by the rules of {@link Uniqueness}. */
final class UniquenessDecision {
  /** A larger gap decides nothing. */
  private static final double CONVERGED = 1e-10;

  /** Independence that no proof backs needs singular values above this... */
  private static final double INDEPENDENT = 1e-6;

  /** ... and this many times above the errors that were seen. */
  private static final double ABOVE_ERRORS = 1e3;

  /** A witness moves at least this part of the total weight. */
  private static final double DISTANT = 1e-6;

  /** A witness's gap, and the difference of its two objectives, relative. */
  private static final double EQUAL = 1e-10;

  /** How many directions of the polytope are searched for the most distant pair. */
  private static final int DIRECTIONS = 8;

  private final OptimalSet set;
  private final Equicorrelation e;
  private final Certificate certificate;
  private final Rank rank;
  private final double perturbation;
  private final double accuracy;

  private UniquenessDecision(OptimalSet set) {
    this.set = set;
    this.e = set.equicorrelation();
    this.certificate = set.solution().certificate();
    OptimalNeurons neurons = set.neurons();
    ColumnSpace fits =
        ColumnSpace.of(set.problem().n(), neurons.matrix(), List.of(), set.accuracy());
    this.rank = fits.rank();
    this.perturbation = perturbation(fits.norms());
    this.accuracy = set.accuracy();
  }

  static Uniqueness of(OptimalSet set) {
    return new UniquenessDecision(set).decide();
  }

  private Uniqueness decide() {
    if (!(certificate.relativeGap() <= CONVERGED)) {
      return uncertain("the relative gap is above 1e-10");
    }
    if (set.solution().weights().size() == 0 && certificate.maxNorm() <= certificate.lambda()) {
      return claim(State.UNIQUE, true, "zero is optimal", null);
    }
    if (!e.exact()) {
      return uncertain("a projection did not end");
    }
    if (rank.value() == set.neurons().size()) {
      return independent();
    }
    if (!set.resolved()) {
      return uncertain("the solution is too far off to tell which other networks are optimal");
    }
    if (set.dimension() == 0) {
      return uncertain("candidates are dependent, though only one optimum was found");
    }
    if (!set.polytope().certain()) {
      return uncertain("the rank or the maximal support is not clear");
    }
    if (Arrays.stream(set.polytope().support()).noneMatch(this::undecided)) {
      return dependent(set);
    }
    // Without the undecided neurons the set is smaller, but what differs there does so surely.
    OptimalSet decided = set.onDecided();
    return decided.dimension() > 0 && decided.polytope().certain()
        ? dependent(decided)
        : uncertain("undecided neurons take part");
  }

  private Uniqueness independent() {
    // Singular values are relative to the largest, which is at least 1 for unit columns.
    if (rank.value() == 0 || rank.lastKept() > perturbation) {
      return claim(State.UNIQUE, true, "the fits of all candidates are independent", null);
    }
    if (rank.certain() && rank.lastKept() > Math.max(INDEPENDENT, ABOVE_ERRORS * accuracy)) {
      return claim(State.UNIQUE, false, "the fits of all candidates are independent", null);
    }
    return uncertain("the fits of the candidates are independent only within their errors");
  }

  private boolean undecided(int j) {
    return set.neurons().neurons().get(j).undecided();
  }

  private Uniqueness dependent(OptimalSet members) {
    Witness witness = witness(members);
    if (witness.distance() < DISTANT) {
      return uncertain("all optima found are within 1e-6 of the total weight");
    }
    if (witness.difference() > EQUAL || witness.relativeGap() > EQUAL) {
      return uncertain("the objectives of distant members differ by more than 1e-10");
    }
    return claim(State.NOT_UNIQUE, false, "two different networks are optimal", witness);
  }

  /** The most distant of the pairs that a few linear functionals have as their extremes. */
  private Witness witness(OptimalSet members) {
    Polytope polytope = members.polytope();
    int[] support = polytope.support();
    ColumnSpace space =
        ColumnSpace.of(
            set.problem().n(),
            members.neurons().select(support).matrix(),
            List.of(),
            set.accuracy());
    double[] first = polytope.center();
    double[] second = first;
    for (int i = 0; i < Math.min(DIRECTIONS, space.dependencies()); i++) {
      double[] c = new double[members.neurons().size()];
      for (int j = 0; j < support.length; j++) {
        c[support[j]] = space.basis()[i * support.length + j];
      }
      Range range = polytope.range(c);
      if (distance(range.argmin(), range.argmax()) > distance(first, second)) {
        first = range.argmin();
        second = range.argmax();
      }
    }
    first = onAll(members, first);
    second = onAll(members, second);
    double f = set.objective(first);
    double g = set.objective(second);
    return new Witness(
        first,
        second,
        distance(first, second),
        Math.max(set.relativeGap(first), set.relativeGap(second)),
        Math.abs(f - g) / Math.max(f, g));
  }

  /** Weights of some of the neurons as weights of all. */
  private double[] onAll(OptimalSet members, double[] beta) {
    List<OptimalNeuron> all = set.neurons().neurons();
    double[] whole = new double[all.size()];
    for (int i = 0; i < beta.length; i++) {
      whole[all.indexOf(members.neurons().neurons().get(i))] = beta[i];
    }
    return whole;
  }

  private static double distance(double[] a, double[] b) {
    double moved = 0;
    double total = 0;
    for (int j = 0; j < a.length; j++) {
      moved += Math.abs(a[j] - b[j]);
      total += a[j] + b[j];
    }
    return total > 0 ? moved / total : 0;
  }

  /**
   * A bound of ||M D - M* D||_F, D = diag(1 / ||m_j||) with the fits m_j at the residual used and
   * M* those at the optimal one. A ray is ||v_b(u*) - v_b|| &lt;= band_b lambda off, so a unit ray
   * at most 2 band_b / (1 + q_b) with q_b >= 1 - band_b, and its fit ||D_b X||_2 times that. A
   * neuron of several blocks is as far off as the worst of them.
   */
  private double perturbation(double[] norms) {
    Map<Integer, Member> members =
        e.members().stream()
            .collect(Collectors.toMap(m -> m.projected().block().id(), Function.identity()));
    double[] errors = new double[norms.length];
    for (int j = 0; j < errors.length; j++) {
      for (Block block : set.neurons().neurons().get(j).blocks()) {
        double band = members.get(block.id()).band();
        double spectral = band > 0 ? band * e.ball().lambda() / e.ball().radius() : 0;
        double ray = band < 1 ? 2 * band / (2 - band) : 2;
        errors[j] = Math.max(errors[j], spectral * ray / norms[j]);
      }
    }
    return Vectors.norm(errors);
  }

  private Uniqueness uncertain(String reason) {
    return claim(State.UNCERTAIN, false, reason, null);
  }

  private Uniqueness claim(State state, boolean proven, String reason, Witness witness) {
    return new Uniqueness(
        state,
        proven,
        reason,
        set.neurons().size(),
        set.neurons().undecided(),
        rank,
        perturbation,
        accuracy,
        e.delta(),
        e.nextRatio(),
        certificate.relativeGap(),
        witness);
  }
}
