package org.relupath.core.solve.decomposition;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/** A problem with both programs over the same patterns, to decompose gated networks of. */
final class SplitCase {
  static final List<SplitMethod> EXACT = List.of(SplitMethod.NORMS, SplitMethod.SQUARES);

  final Matrix x;
  final double[] y;
  final Patterns patterns;
  final Problem relu;
  final Pricer reluPricer;

  SplitCase(int n, int d, long seed) {
    this(design(n, d, seed), target(n, seed), null, seed);
  }

  SplitCase(Matrix x, double[] y, Patterns patterns, long seed) {
    this.x = x;
    this.y = y;
    GateSampler gates = new GateSampler(GateSampler.Distribution.GAUSSIAN, seed, x.columns(), true);
    this.patterns = patterns == null ? Patterns.of(x, gates.sample(40)) : patterns;
    this.relu = new Problem(x, y, Model.RELU);
    this.reluPricer = new Pricer(new ConvexProgram(relu, this.patterns));
  }

  /** The solution at a twentieth of lambda_max. */
  Solution gated() {
    return gated(0.05 * reluPricer.maxNorm(y));
  }

  Solution gated(double lambda) {
    Problem problem = new Problem(x, y, Model.GATED);
    Pricer pricer = new Pricer(new ConvexProgram(problem, patterns));
    return new Solver(problem, pricer).solve(lambda, Settings.DEFAULT);
  }

  Decomposition decompose(Solution gated, SplitMethod method) {
    return new ConeDecomposition(relu, reluPricer, patterns.count())
        .decompose(gated, method, gated.certificate().lambda());
  }

  Block block(int b) {
    return new Block(b, b, 1, patterns.bits(b));
  }

  /** What becomes of the weights of one block. */
  BlockSplit split(int b, SplitMethod method, double... w) {
    BlockWeights weights = new BlockWeights(List.of(block(b)), w.length, w);
    return decompose(weights, method).splits().get(0);
  }

  Decomposition decompose(BlockWeights weights, SplitMethod method) {
    return new ConeDecomposition(relu, reluPricer, patterns.count())
        .decompose(weights, method, 0.1);
  }

  /** (2 D_b - I) X. */
  double[][] cone(Block block) {
    double[][] a = new double[x.rows()][];
    for (int r = 0; r < x.rows(); r++) {
      a[r] = x.row(r);
      Vectors.scale(block.active(r) ? 1 : -1, a[r], 0, a[r].length);
    }
    return a;
  }

  private static Matrix design(int n, int d, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Matrix x = Matrix.zeros(n, d);
    for (int i = 0; i < n * d; i++) {
      x.values()[i] = i % d == d - 1 && d > 1 ? 1 : Seeds.gaussian(random);
    }
    return x;
  }

  private static double[] target(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    double[] y = new double[n];
    Arrays.setAll(y, r -> Seeds.gaussian(random));
    return y;
  }

  /** One all-active pattern on the given rows: K = {w : X w >= 0}. */
  static SplitCase allActive(double[]... rows) {
    long[] ones = {(1L << rows.length) - 1};
    Patterns patterns = Patterns.distinct(rows.length, List.of(ones));
    return new SplitCase(Matrix.ofRows(rows), new double[rows.length], patterns, 1);
  }
}
