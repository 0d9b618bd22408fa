package org.relupath.core.prune;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.stream.IntStream;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.Range;
import org.relupath.core.optimalset.polytope.Vertex;

/**
 * The width of the smallest network as a mixed-integer linear program,
 *
 * <pre>
 * minimise sum_b y_b   subject to   beta in the polytope,   beta_b &lt;= u_b y_b,   y_b in {0, 1},
 * </pre>
 *
 * <p>with u_b the largest beta_b, by branch and bound over faces. A node is a face of the polytope
 * and a set of neurons that count as used; its bound is their number, with those that every member
 * of the face has, plus the minimum over the face of the sum of beta_b / u_b over the others. It
 * branches on the neuron of largest share: not used, a smaller face with a smaller u, or used.
 *
 * <p>Written out because a smallest network is a degenerate vertex, with weights that are exactly
 * zero: solvers that take a row for satisfied within a tolerance were seen to call larger networks
 * optimal. Here every bound is a linear program solved to rounding.
 */
final class WidthProgram {
  /** A bound this little above an integer is that integer. */
  private static final double INTEGER = 1e-6;

  /** Relative to the center, least weights between these are neither zero nor positive for sure. */
  private static final double SURELY_ZERO = 1e-11;

  private static final double SURELY_POSITIVE = 1e-7;

  private final Polytope whole;
  private final int[] all;
  private Vertex best;
  private boolean clear;

  /** A face on the columns {@code ids}, and which of all neurons count as used there. */
  private record Node(Polytope face, int[] ids, BitSet used) {}

  /**
   * What is known.
   *
   * @param best the smallest network found
   * @param lowerBound no member has fewer neurons
   */
  record Outcome(Vertex best, int lowerBound) {}

  /** The program, from the best vertex known. */
  WidthProgram(Polytope whole, Vertex best) {
    this.whole = whole;
    this.all = IntStream.range(0, whole.size()).toArray();
    this.best = best;
    this.clear = whole.certain();
  }

  /** The bound of the relaxation at the root. */
  int lowerBound() {
    return new Relaxation(new Node(whole, all, new BitSet())).bound;
  }

  /**
   * Branches and bounds.
   *
   * @param nodes how many nodes may be opened
   */
  Outcome solve(int nodes) {
    Deque<Node> open = new ArrayDeque<>();
    open.push(new Node(whole, all, new BitSet()));
    int root = 0;
    int opened = 0;
    while (!open.isEmpty() && opened < nodes) {
      Node node = open.pop();
      Relaxation relaxation = new Relaxation(node);
      root = opened++ == 0 ? relaxation.bound : root;
      offer(node, relaxation.member.argmin());
      if (relaxation.bound < best.width() && relaxation.branch >= 0) {
        BitSet used = (BitSet) node.used.clone();
        used.set(node.ids[relaxation.branch]);
        open.push(new Node(node.face, node.ids, used));
        open.push(without(node, relaxation));
      }
    }
    boolean proven = open.isEmpty() && opened > 0 && clear;
    return new Outcome(best, proven ? best.width() : Math.min(root, best.width()));
  }

  /** The face without the neuron that is branched on, anchored where that neuron is zero. */
  private Node without(Node node, Relaxation relaxation) {
    int[] kept = Arrays.stream(node.face.support()).filter(b -> b != relaxation.branch).toArray();
    double[] anchor = relaxation.ranges[relaxation.branch].argmin();
    Polytope face = Polytope.of(node.face.input().at(anchor).restrict(kept));
    clear &= face.certain();
    return new Node(face, Arrays.stream(kept).map(b -> node.ids[b]).toArray(), node.used);
  }

  /** Prunes a member of a face to a vertex, and keeps it if it is the smallest so far. */
  private void offer(Node node, double[] member) {
    double[] beta = new double[all.length];
    for (int b = 0; b < member.length; b++) {
      beta[node.ids[b]] = member[b];
    }
    ExactPruning.Result result = ExactPruning.of(whole.input().at(beta), new double[all.length]);
    best = result.vertex().width() < best.width() ? result.vertex() : best;
  }

  /** The linear program of a node. */
  private final class Relaxation {
    private final Range[] ranges;
    private final Range member;
    private final int bound;
    private final int branch;

    Relaxation(Node node) {
      int[] support = node.face.support();
      double[] center = node.face.center();
      double[] share = new double[node.ids.length];
      ranges = new Range[share.length];
      int counted = 0;
      for (int b : support) {
        double[] unit = new double[share.length];
        unit[b] = 1;
        ranges[b] = node.face.range(unit);
        double least = ranges[b].min() / center[b];
        clear &= least <= SURELY_ZERO || least >= SURELY_POSITIVE;
        boolean counts = node.used.get(node.ids[b]) || least >= SURELY_POSITIVE;
        counted += counts ? 1 : 0;
        share[b] = counts ? 0 : 1 / ranges[b].max();
      }
      // Neurons that count as used but are zero on the whole face still count.
      BitSet gone = (BitSet) node.used.clone();
      Arrays.stream(support).forEach(b -> gone.clear(node.ids[b]));
      member = node.face.range(share);
      bound = counted + gone.cardinality() + (int) Math.ceil(member.min() - INTEGER);
      branch = largest(support, share);
    }

    private int largest(int[] support, double[] share) {
      int largest = -1;
      double most = 0;
      for (int b : support) {
        double part = share[b] * member.argmin()[b];
        if (part > most) {
          most = part;
          largest = b;
        }
      }
      return largest;
    }
  }
}
