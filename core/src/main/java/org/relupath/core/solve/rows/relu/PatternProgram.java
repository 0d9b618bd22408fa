package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.NetworkPass;
import org.relupath.core.program.rows.NetworkSums;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.rows.RowWeights;

/**
 * C-ReLU over the patterns of a {@link PatternTable} and rows elsewhere, by row generation: the
 * driver solves
 *
 * <pre>min 1/2 y'y - b'w + 1/2 w'Hw + lambda sum_b ||w_b||,   a_r'w_b >= 0 for the rows r known
 * </pre>
 *
 * over a working set of blocks with H and b exact over all rows ({@link ConicLasso}); a pass then
 * evaluates the networks of all lambdas at once, names the rows that they violate and prices every
 * block. Cones of which rows are missing are too large, so that a bound made with them holds; a
 * network counts once no row is violated by more than {@link NetworkPass#VIOLATED}.
 */
final class PatternProgram {
  /** Order of H at most: it then takes half a GB, and its factors as much. */
  private static final int MOST_DIMENSIONS = 8000;

  /** Blocks that join the working set at once at least; where more are active, half as many. */
  private static final int ADDED = 20;

  /** Directions outside the working set that a lambda asks about in a pass at most. */
  private static final int PROBES = 64;

  /** Rows that a pass names for a direction, for each dimension. */
  private static final int NAMED = 2;

  /** Directions that a pass has scores of at once. */
  private static final int MOST_DIRECTIONS = 4000;

  private final RowPasses rows;
  private final PatternTable table;
  private final RestrictedProgram restricted;
  private final int d;
  private final double center;
  private final double square;
  private final double positive;
  private final long agreeing;
  private int passes;

  /**
   * A program.
   *
   * @param center what was subtracted from the targets
   * @param gram X'X
   */
  PatternProgram(RowPasses rows, PatternTable table, double center, double[] gram) {
    this.rows = rows;
    this.table = table;
    this.d = rows.columns();
    this.center = center;
    NetworkSums zero =
        rows.ask(
            new NetworkPass(
                List.of(BlockWeights.zero(d)), List.of(), table.gates(), center, NAMED * d));
    this.passes = 1;
    this.square = zero.sums().squares()[0];
    this.positive = zero.positive()[0];
    this.agreeing = zero.sums().agreeing()[0];
    this.restricted =
        new RestrictedProgram(table, new PatternProducts(rows, table, room()), square, gram);
  }

  /** Blocks of a working set at most: a pattern with both signs is two. */
  int room() {
    return Math.max(1, MOST_DIMENSIONS / d);
  }

  /** Passes with networks, and for products of patterns, so far. */
  int passes() {
    return passes + restricted.passes();
  }

  /** The evaluation at w = 0, which no pass is needed for. */
  NetworkEvaluation zero(double lambda) {
    double[] c = new double[table.count() * d];
    for (int b = 0; b < table.count(); b++) {
      System.arraycopy(table.targets(b), 0, c, b * d, d);
    }
    return zero(c, norms(c, lambda));
  }

  private NetworkEvaluation zero(double[] c, double[] norms) {
    BlockWeights none = BlockWeights.zero(d);
    double infinity = Double.POSITIVE_INFINITY;
    return new NetworkEvaluation(none, c, square, positive, square, agreeing, infinity, norms);
  }

  /**
   * What y alone proves of all networks, of any width and with any patterns.
   *
   * @param sigma an upper bound of sigma_max(X)
   */
  double lowerBound(double lambda, double sigma) {
    return zero(new double[0], new double[0]).dualOfAllPatterns(lambda, sigma);
  }

  /** ||Proj_{K_S}(c_b)|| of every block, or a bound of it that is at most lambda. */
  private double[] norms(double[] correlations, double lambda) {
    int count = table.count();
    double[] norms = new double[2 * count];
    double[] c = new double[d];
    for (int i = 0; i < 2 * count; i++) {
      int sign = i < count ? 1 : -1;
      Arrays.fill(c, 0);
      Vectors.axpy(sign, correlations, i % count * d, c, 0, d);
      norms[i] = table.cone(i % count).norm(c, sign, lambda);
    }
    return norms;
  }

  /**
   * max_b ||Proj_{K_b}(s_b X' D_b y)|| over the patterns of the table. With cones that are too
   * large norms are too large: passes name the rows that the largest projections violate, until
   * that of the largest norm violates none and so has the largest of all.
   *
   * @param exhausted whether a limit has been hit: what is known by then is an upper bound
   */
  double lambdaMax(BooleanSupplier exhausted) {
    while (true) {
      NetworkEvaluation zero = zero(-1);
      List<Block> largest = largest(zero);
      if (largest.isEmpty() || exhausted.getAsBoolean()) {
        return zero.maxNorm();
      }
      Asked asked = new Asked();
      for (Block block : largest) {
        asked.ask(null, block, zero.correlation(block.pattern(), block.sign()));
      }
      NetworkSums found = pass(List.of(BlockWeights.zero(d)), asked.probes);
      if (asked.stands(0, found, 0)) {
        return zero.maxNorm();
      }
      asked.learn(found, 0);
    }
  }

  /** The blocks that may have the largest norm, as many as a pass is asked about. */
  private List<Block> largest(NetworkEvaluation zero) {
    double proven = 0;
    for (Block block : blocks()) {
      double[] c = zero.correlation(block.pattern(), block.sign());
      proven = Math.max(proven, ray(c, block.pattern()));
    }
    double least = Math.max(proven, Double.MIN_VALUE);
    return largestFirst(zero, block -> zero.norm(block.pattern(), block.sign()) >= least).stream()
        .limit(probes(table.count(), d))
        .toList();
  }

  /** Directions of which a pass can name the rows that they violate. */
  static int probes(int patterns, int d) {
    long room = (RowPasses.MOST_NUMBERS - (long) patterns * d) / ((long) NAMED * d * d);
    return (int) Math.max(1, Math.min(MOST_DIRECTIONS, room));
  }

  /** g'c / ||g||: at most ||Proj_K(c)||, as the gate g is in its own cone. */
  private double ray(double[] c, int pattern) {
    double[] gate = table.gate(pattern);
    return Vectors.dot(gate, c) / Vectors.norm(gate);
  }

  /** Every block of the table. */
  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int b = 0; b < 2 * table.count(); b++) {
      int sign = b < table.count() ? 1 : -1;
      blocks.add(RowWeights.block(b % table.count(), sign, table.limit()));
    }
    return blocks;
  }

  /** Directions outside the working sets that a pass is asked about. */
  private final class Asked {
    private final List<ConePoint> owners = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<NetworkPass.Probe> probes = new ArrayList<>();

    void ask(ConePoint owner, Block block, double[] c) {
      double[] v = table.cone(block.pattern()).project(c, block.sign());
      if (Vectors.norm(v) > 0) {
        owners.add(owner);
        blocks.add(block);
        probes.add(new NetworkPass.Probe(block.pattern(), v));
      }
    }

    /**
     * Lets the blocks join their working sets that are larger than lambda indeed: those whose
     * probes violate no row, or by rounding alone, as the rows were known when they were projected.
     * Called before any row of the pass is taken in: what one lambda's probe has made known was not
     * known to the others.
     *
     * @param from the place of the first probe among all directions
     * @return whether any block is new
     */
    boolean admit(NetworkSums sums, int from) {
      boolean any = false;
      for (int i = 0; i < probes.size(); i++) {
        if (stands(i, sums, from)) {
          any |= join(owners.get(i), List.of(blocks.get(i)));
        }
      }
      return any;
    }

    /** Whether a probe violates no row but those that were known. */
    boolean stands(int i, NetworkSums sums, int from) {
      return table.cone(blocks.get(i).pattern()).knows(sums.violated().get(from + i));
    }

    /** Takes in the rows that probes violate; whether any is new. */
    boolean learn(NetworkSums sums, int from) {
      boolean any = false;
      for (int i = 0; i < probes.size(); i++) {
        any |= table.cone(blocks.get(i).pattern()).add(sums.violated().get(from + i)) > 0;
      }
      return any;
    }
  }

  private NetworkSums pass(List<BlockWeights> networks, List<NetworkPass.Probe> probes) {
    passes++;
    return rows.ask(new NetworkPass(networks, probes, table.gates(), center, NAMED * d));
  }

  /** Adds blocks to a point's working set, as far as there is room; whether any is new. */
  boolean join(ConePoint point, List<Block> blocks) {
    boolean any = false;
    for (Block block : blocks) {
      if (point.members().size() < room()) {
        any |= point.members().add(block);
      }
    }
    return any;
  }

  /**
   * Solves the program of a point's working set, from its candidate.
   *
   * @return whether it could before a limit was hit, see {@link RestrictedProgram#solve}
   */
  boolean solve(ConePoint point, double tolerance, BooleanSupplier exhausted) {
    return restricted.solve(point, tolerance, exhausted);
  }

  /**
   * Evaluates the candidates of points, by one pass or several where too much would come back: rows
   * they violate join the cones, violating blocks the working sets.
   *
   * @param exhausted whether a limit has been hit: there is no further pass then
   * @return whether there was any of either
   */
  boolean evaluate(List<ConePoint> points, BooleanSupplier exhausted) {
    long own = (long) (table.count() + NAMED * d * (PROBES + ADDED)) * d;
    int widest = points.stream().mapToInt(point -> point.candidate().size()).max().orElse(0);
    int most = Math.max(1, MOST_DIRECTIONS / (PROBES + widest));
    int together = (int) Math.max(1, Math.min(most, RowPasses.MOST_NUMBERS / own));
    boolean any = false;
    for (int from = 0; from < points.size() && !exhausted.getAsBoolean(); from += together) {
      any |= evaluateTogether(points.subList(from, Math.min(points.size(), from + together)));
    }
    return any;
  }

  private boolean evaluateTogether(List<ConePoint> points) {
    Asked asked = new Asked();
    points.forEach(point -> probe(point, asked));
    NetworkSums found = pass(points.stream().map(ConePoint::candidate).toList(), asked.probes);
    boolean any = asked.admit(found, found.slacks().length - asked.probes.size());
    int at = 0;
    double[] slacks = new double[points.size()];
    for (int l = 0; l < slacks.length; l++) {
      slacks[l] = Double.POSITIVE_INFINITY;
      for (Block block : points.get(l).candidate().blocks()) {
        slacks[l] = Math.min(slacks[l], found.slacks()[at]);
        any |= table.cone(block.pattern()).add(found.violated().get(at++)) > 0;
      }
    }
    any |= asked.learn(found, at);
    for (int l = 0; l < slacks.length; l++) {
      any |= take(points.get(l), found, l, slacks[l]);
    }
    return any;
  }

  /** Asks about the blocks that may only seem to violate, as their cones are not all known. */
  private void probe(ConePoint point, Asked asked) {
    violators(point).stream()
        .filter(block -> !surely(point, block))
        .limit(Math.min(PROBES, probes(table.count(), d)))
        .forEach(
            block ->
                asked.ask(point, block, point.last().correlation(block.pattern(), block.sign())));
  }

  private boolean surely(ConePoint point, Block block) {
    double[] c = point.last().correlation(block.pattern(), block.sign());
    return ray(c, block.pattern()) > point.lambda();
  }

  /** Blocks outside the working set above lambda at the last evaluation, the largest first. */
  private List<Block> violators(ConePoint point) {
    NetworkEvaluation last = point.last();
    return largestFirst(
        last,
        block ->
            last.norm(block.pattern(), block.sign()) > point.lambda()
                && !point.members().contains(block));
  }

  private List<Block> largestFirst(NetworkEvaluation at, Predicate<Block> wanted) {
    return blocks().stream()
        .filter(wanted)
        .sorted(
            Comparator.comparingDouble((Block block) -> -at.norm(block.pattern(), block.sign()))
                .thenComparingInt(Block::id))
        .toList();
  }

  private boolean take(ConePoint point, NetworkSums found, int l, double slack) {
    double[] c = found.sums().correlations(l);
    point.evaluated(
        new NetworkEvaluation(
            point.candidate(),
            c,
            found.sums().squares()[l],
            found.positive()[l],
            found.sums().products()[l],
            found.sums().agreeing()[l],
            slack,
            norms(c, point.lambda())));
    return grow(point);
  }

  /** Adds the blocks that surely violate to a point's working set; whether there were any. */
  boolean grow(ConePoint point) {
    int most = Math.max(ADDED, point.candidate().size() / 2);
    List<Block> more =
        violators(point).stream().filter(block -> surely(point, block)).limit(most).toList();
    return join(point, more);
  }
}
