package org.relupath.core.prune;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.relupath.core.gates.Seeds;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.Vertex;

/**
 * The optimal network of fewest neurons: a vertex of smallest support of the optimal polytope.
 *
 * @param vertex the smallest network found
 * @param lowerBound no member has fewer neurons than this
 * @param proof how it is known to be smallest
 * @param proven whether it is: {@code lowerBound} equals its width, and the ranks and supports of
 *     the polytope are {@link Polytope#certain certain}
 */
public record SmallestNetwork(Vertex vertex, int lowerBound, Proof proof, boolean proven) {

  /** How the smallest width is known. */
  public enum Proof {
    /** There is only one member. */
    UNIQUE,
    /** All vertices were enumerated. */
    ENUMERATION,
    /** A linear program bounds the width from below by the width found. */
    BOUND,
    /** A mixed-integer program was solved to optimality by branch and bound. */
    MILP,
    /** It is not: the smallest that several prunings found. */
    SEARCH
  }

  /**
   * What may be spent.
   *
   * @param vertices how many vertices may be enumerated, at least 1
   * @param prunings how many prunings down random objectives follow the first, at least 0
   * @param nodes of the branch and bound of the mixed-integer program; 0 for none
   * @param seed of the random objectives
   */
  public record Limits(int vertices, int prunings, int nodes, long seed) {
    /** 1000 vertices, 20 prunings and 2000 nodes. */
    public static final Limits DEFAULT = new Limits(1000, 20, 2000, 1);

    /** Checks the ranges. */
    public Limits {
      if (vertices < 1 || prunings < 0 || nodes < 0) {
        throw new IllegalArgumentException(
            "limits of "
                + vertices
                + " vertices, "
                + prunings
                + " prunings and "
                + nodes
                + " nodes, expected at least 1, 0 and 0");
      }
    }
  }

  /** Finds it within limits. */
  public static SmallestNetwork of(Polytope polytope, Limits limits) {
    if (!polytope.resolved()) {
      Vertex known = new Vertex(polytope.center(), polytope.support());
      return new SmallestNetwork(known, 0, Proof.SEARCH, false);
    }
    Vertex best =
        search(polytope, polytope.dimension() == 0 ? 0 : limits.prunings(), limits.seed());
    if (polytope.dimension() == 0) {
      return found(polytope, best, best.width(), Proof.UNIQUE);
    }
    var vertices = polytope.vertices(limits.vertices());
    for (Vertex vertex : vertices.list()) {
      best = vertex.width() < best.width() ? vertex : best;
    }
    if (vertices.complete()) {
      return found(polytope, best, best.width(), Proof.ENUMERATION);
    }
    WidthProgram program = new WidthProgram(polytope, best);
    int bound = program.lowerBound();
    if (bound >= best.width()) {
      return found(polytope, best, bound, Proof.BOUND);
    }
    WidthProgram.Outcome outcome = program.solve(limits.nodes());
    bound = Math.max(bound, outcome.lowerBound());
    boolean solved = bound == outcome.best().width();
    return found(polytope, outcome.best(), bound, solved ? Proof.MILP : Proof.SEARCH);
  }

  private static SmallestNetwork found(Polytope polytope, Vertex best, int bound, Proof proof) {
    boolean proven = proof != Proof.SEARCH && polytope.certain();
    return new SmallestNetwork(best, bound, proof, proven);
  }

  /** From the center, smallest contributions first, and then down random objectives. */
  private static Vertex search(Polytope polytope, int prunings, long seed) {
    double[] center = polytope.center();
    Vertex best = pruned(polytope, center, new double[center.length]);
    for (int i = 0; i < prunings; i++) {
      SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "smallest network", i));
      double[] objective = new double[center.length];
      Arrays.setAll(objective, b -> center[b] > 0 ? Seeds.gaussian(random) / center[b] : 0);
      Vertex vertex = pruned(polytope, center, objective);
      best = vertex.width() < best.width() ? vertex : best;
    }
    return best;
  }

  private static Vertex pruned(Polytope polytope, double[] beta, double[] objective) {
    return ExactPruning.of(polytope.input().at(beta), objective).vertex();
  }
}
