package org.relupath.core.audit.critical;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.relupath.core.audit.stationarity.Examination;
import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Svd;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * The Clarke stationary C-ReLU networks of tiny data, those that rest on concave kinks included:
 * such a network is no optimum of a sub-sampled program, as its neurons could go on across the
 * kink.
 *
 * <p>A neuron's W lies inside one face of X's arrangement: some rows active, some tight, the rest
 * inactive. With N an orthonormal basis of {w : x_r'w = 0 on the tight rows}, and D the active
 * rows, stationarity along the face is lambda W/||W|| = sign(a) N N'X'D u. Neurons of one face are
 * collinear then, and those of dependent fits can be pruned without changing u. Hence every value
 * of a stationary network is that of one with independent fits, a neuron a face: for every set of
 * faces the norms beta = |a| ||W|| > 0 are the minimiser of {@link FaceNorms}, if it has them all
 * positive. Of these networks the ones that lie in their faces are candidates, and {@link
 * Stationarity} decides.
 */
final class KinkPoints {
  /** Scores up to this times ||x_r|| ||w|| are on a border. */
  private static final double BORDER = 1e-9;

  private final Problem problem;
  private final double lambda;
  private final List<Face> faces = new ArrayList<>();

  /**
   * A face.
   *
   * @param basis N, d x k, column-major
   * @param active D as bits
   * @param tight the tight rows
   * @param response D X N, n x k, column-major
   */
  @SuppressWarnings("ArrayRecordComponent") // a part of the arrangement, never compared
  record Face(int k, double[] basis, BitSet active, BitSet tight, double[] response) {}

  private KinkPoints(Problem problem, double lambda) {
    this.problem = problem;
    this.lambda = lambda;
  }

  /**
   * Lists them.
   *
   * @param limit sets of faces to look at, at most
   * @return nothing where there are more sets
   */
  static Optional<List<CriticalPoint>> of(Problem problem, double lambda, long limit) {
    KinkPoints points = new KinkPoints(problem, lambda);
    points.addFaces(new BitSet(), new HashSet<>(), limit);
    FaceNorms norms = new FaceNorms(points.faces, problem.y(), lambda);
    if (count(points.faces.size(), norms.rank()).compareTo(BigInteger.valueOf(limit)) > 0) {
      return Optional.empty();
    }
    List<CriticalPoint> found = new ArrayList<>();
    visit(
        new int[0],
        points.faces.size(),
        norms.rank(),
        set -> norms.minimise(set).flatMap(n -> points.critical(set, n)).ifPresent(found::add));
    return Optional.of(found);
  }

  /** The number of sets of 1 to {@code most} of the faces. */
  private static BigInteger count(int faces, int most) {
    BigInteger sum = BigInteger.ZERO;
    BigInteger binomial = BigInteger.ONE;
    for (int k = 1; k <= Math.min(faces, most); k++) {
      binomial =
          binomial.multiply(BigInteger.valueOf(faces - k + 1L)).divide(BigInteger.valueOf(k));
      sum = sum.add(binomial);
    }
    return sum;
  }

  private static void visit(int[] set, int faces, int most, Consumer<int[]> each) {
    if (set.length > 0) {
      each.accept(set);
    }
    for (int f = set.length == 0 ? 0 : set[set.length - 1] + 1;
        f < faces && set.length < most;
        f++) {
      int[] more = java.util.Arrays.copyOf(set, set.length + 1);
      more[set.length] = f;
      visit(more, faces, most, each);
    }
  }

  /** The faces in which these rows are tight, and those of their borders. */
  private void addFaces(BitSet tight, Set<BitSet> visited, long limit) {
    Matrix x = problem.x();
    int d = x.columns();
    double[] basis = nullSpace(x, tight);
    int k = basis.length / d;
    double[] scores = new double[x.rows() * k];
    BitSet zero = new BitSet();
    for (int r = 0; r < x.rows(); r++) {
      double length = Vectors.norm(x.values(), r * d, d);
      for (int j = 0; j < k; j++) {
        scores[r * k + j] = Vectors.dot(x.values(), r * d, basis, j * d, d);
      }
      if (Vectors.norm(scores, r * k, k) <= BORDER * length) {
        zero.set(r);
      }
    }
    if (zero.cardinality() == x.rows() || !visited.add(zero)) {
      return;
    }
    for (int r = zero.nextSetBit(0); r >= 0; r = zero.nextSetBit(r + 1)) {
      java.util.Arrays.fill(scores, r * k, (r + 1) * k, 0);
    }
    PatternEnumeration cells = PatternEnumeration.of(new Matrix(x.rows(), k, scores), limit);
    for (int b = 0; b < cells.patterns().count(); b++) {
      BitSet active = BitSet.valueOf(cells.patterns().bits(b));
      active.andNot(zero);
      if (!active.isEmpty()) {
        double[] response = new double[x.rows() * k];
        active.stream()
            .forEach(
                r ->
                    IntStream.range(0, k)
                        .forEach(j -> response[j * x.rows() + r] = scores[r * k + j]));
        faces.add(new Face(k, basis, active, zero, response));
      }
    }
    for (int r = zero.nextClearBit(0); r < x.rows(); r = zero.nextClearBit(r + 1)) {
      BitSet more = (BitSet) zero.clone();
      more.set(r);
      addFaces(more, visited, limit);
    }
  }

  private static double[] nullSpace(Matrix x, BitSet tight) {
    int d = x.columns();
    int[] rows = tight.stream().filter(r -> Vectors.norm(x.row(r)) > 0).toArray();
    double[] matrix = new double[rows.length * d];
    for (int i = 0; i < rows.length; i++) {
      double[] row = x.row(rows[i]);
      for (int j = 0; j < d; j++) {
        matrix[j * rows.length + i] = row[j] / Vectors.norm(row);
      }
    }
    Svd svd = new Dense(rows.length, d, matrix).svd();
    return svd.nullSpace(svd.rank(BORDER)).values();
  }

  /** The network of some faces' norms, if it lies in them and is stationary. */
  private Optional<CriticalPoint> critical(int[] set, FaceNorms.Solution norms) {
    int d = problem.d();
    Matrix hidden = Matrix.zeros(set.length, d);
    double[] output = new double[set.length];
    for (int i = 0; i < set.length; i++) {
      Face face = faces.get(set[i]);
      double[] w = new double[d];
      for (int j = 0; j < face.k; j++) {
        Vectors.axpy(norms.correlations()[i][j], face.basis, j * d, w, 0, d);
      }
      int sign = side(face, w);
      if (sign == 0) {
        return Optional.empty();
      }
      double root = Math.sqrt(norms.beta()[i]);
      Vectors.axpy(sign * root / Vectors.norm(w), w, 0, hidden.values(), i * d, d);
      output[i] = sign * root;
    }
    Neurons network = new Neurons(Model.RELU, hidden, output, Matrix.zeros(0, 0));
    Stationarity stationarity = Stationarity.of(new Examination(problem, lambda, network), lambda);
    double objective = network.objective(problem.x(), problem.y(), lambda);
    return stationarity.critical()
        ? Optional.of(new CriticalPoint(BlockWeights.zero(d), network, objective, stationarity))
        : Optional.empty();
  }

  /** 1 or -1 where w or -w lies inside the face, else 0. */
  private int side(Face face, double[] w) {
    int d = w.length;
    int sign = 0;
    for (int r = 0; r < problem.n(); r++) {
      double length = Vectors.norm(problem.x().values(), r * d, d);
      if (face.tight.get(r) || length == 0) {
        continue;
      }
      double score = Vectors.dot(problem.x().values(), r * d, w, 0, d);
      if (Math.abs(score) <= BORDER * length * Vectors.norm(w)) {
        return 0;
      }
      int own = score > 0 == face.active.get(r) ? 1 : -1;
      if (sign != 0 && own != sign) {
        return 0;
      }
      sign = own;
    }
    return sign;
  }
}
