package org.relupath.core.gates.arrangement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.ReferenceProjection;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;

/** The enumerated patterns against the formula, against sampling, and against brute force. */
class PatternEnumerationTest {
  private static final long LIMIT = 100_000;

  /** Any order of chunks, each found alone and by a copy as another machine has it. */
  @Test
  void chunksMakeTheSameWhole() throws Exception {
    Matrix x = Matrix.ofRows(rounded(Instance.gaussian(new Random(9), 40, 4)));
    for (int r = 30; r < 40; r++) {
      // Ten rows on one plane with the first two, so that many hyperplanes share their rays.
      for (int k = 0; k < 4; k++) {
        x.values()[4 * r + k] = x.get(0, k) + (r - 35.5) * x.get(1, k);
      }
    }
    PatternEnumeration whole = PatternEnumeration.of(x, LIMIT);
    CellSearch search = CellSearch.of(x, LIMIT);
    assertThat(search.chunks()).isEqualTo(3);
    List<CellSearch.Cells> chunks = new ArrayList<>();
    for (int chunk = 2; chunk >= 0; chunk--) {
      chunks.add(copy(search).chunk(chunk));
      CellSearch.Cells here = search.chunk(chunk);
      assertThat(here.bits()).isDeepEqualTo(chunks.get(chunks.size() - 1).bits());
      assertThat(here.gates()).isDeepEqualTo(chunks.get(chunks.size() - 1).gates());
    }
    assertThat(PatternEnumeration.of(search, chunks).gates()).isEqualTo(whole.gates());
    // Where many hyperplanes meet, rounding may let several rays give out one cell.
    assertThat(chunks.stream().mapToInt(chunk -> chunk.bits().length).sum())
        .isBetween(whole.count(), 2 * whole.count());
    assertThatThrownBy(() -> PatternEnumeration.of(search, chunks.subList(0, 2)))
        .isInstanceOf(IllegalStateException.class);
    chunks.add(chunks.get(0));
    assertThat(PatternEnumeration.of(search, chunks).gates()).isEqualTo(whole.gates());
    assertThatThrownBy(() -> search.chunk(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chunk is 3, expected 0 to 2");
  }

  private static CellSearch copy(CellSearch search) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(search);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (CellSearch) in.readObject();
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void hasEveryPatternThatSamplingFinds(long seed) {
    Random random = new Random(seed);
    int n = 3 + random.nextInt(6);
    int d = 2 + random.nextInt(2);
    Matrix x = Matrix.ofRows(Instance.gaussian(random, n, d));
    Matrix sampled =
        new GateSampler(GateSampler.Distribution.GAUSSIAN, seed, d, false).sample(50_000);
    assertThat(distinct(x, PatternEnumeration.of(x, LIMIT).gates()))
        .containsAll(distinct(x, sampled));
  }

  /** Data with few, dependent, repeated, mirrored or zero rows. */
  enum Degenerate {
    REPEATED,
    MIRRORED,
    ZERO_ROWS,
    RANK_TWO,
    WIDE,
    LATTICE,
    COPLANAR,
    FLAT,
    INTERCEPT;

    double[][] rows(long seed) {
      Random random = new Random(31 * seed + ordinal());
      double[][] x = rounded(Instance.gaussian(random, 7, 3));
      return switch (this) {
        case REPEATED -> new double[][] {x[0], x[1], Dense.times(3, x[0]), x[2], x[1], x[3], x[0]};
        case MIRRORED ->
            new double[][] {x[0], x[1], Dense.times(-2, x[0]), x[2], x[3], Dense.times(-1, x[3])};
        case ZERO_ROWS -> new double[][] {new double[3], x[0], x[1], x[2], new double[3], x[3]};
        case RANK_TWO -> {
          for (double[] row : x) {
            row[2] = row[0] - 2 * row[1];
          }
          yield x;
        }
        case WIDE -> Instance.gaussian(random, 4, 9);
        case LATTICE -> {
          for (double[] row : x) {
            Arrays.setAll(row, k -> random.nextInt(3) - 1);
          }
          yield x;
        }
        case COPLANAR -> {
          for (int r = 2; r < 6; r++) {
            for (int k = 0; k < 3; k++) {
              x[r][k] = (r - 1) * x[0][k] + (1 - r % 3) * x[1][k];
            }
          }
          yield x;
        }
        case FLAT -> {
          // Six of seven rows in R^4 are on one hyperplane, and three of these on a plane.
          double[][] y = rounded(Instance.gaussian(random, 7, 4));
          for (int r = 0; r < 6; r++) {
            y[r][3] = 0;
          }
          Arrays.setAll(y[2], k -> y[0][k] - 2 * y[1][k]);
          yield y;
        }
        case INTERCEPT -> {
          for (double[] row : x) {
            row[0] = random.nextInt(2);
            row[1] = random.nextInt(3);
            row[2] = 1;
          }
          yield x;
        }
      };
    }
  }

  /** Numbers of few bits, so that what is computed from them here is exact, and so dependent. */
  private static double[][] rounded(double[][] x) {
    for (double[] row : x) {
      Arrays.setAll(row, k -> Math.rint(row[k] * 1024) / 1024);
    }
    return x;
  }

  record Case(Degenerate kind, long seed) {
    @Override
    public String toString() {
      return kind + " seed " + seed;
    }
  }

  static Stream<Case> degenerate() {
    return Arrays.stream(Degenerate.values())
        .flatMap(kind -> LongStream.range(0, 4).mapToObj(seed -> new Case(kind, seed)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("degenerate")
  void isBruteForceOverAllSigns(Case c) {
    double[][] rows = c.kind.rows(c.seed);
    Matrix x = Matrix.ofRows(rows);
    Set<String> expected = new TreeSet<>();
    for (int signs = 0; signs < 1 << rows.length; signs++) {
      if (isCell(rows, signs)) {
        expected.add(bits(signs, rows.length));
      }
    }
    PatternEnumeration all = PatternEnumeration.of(x, LIMIT);
    assertThat(distinct(x, all.gates())).isEqualTo(expected);
    assertThat(all.count()).isEqualTo(expected.size());
    assertThat(BigInteger.valueOf(all.count())).isLessThanOrEqualTo(PatternEnumeration.bound(x));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("degenerate")
  void everyGateIsBruteForceOverSignsAndZeros(Case c) {
    double[][] rows = c.kind.rows(c.seed);
    Set<String> expected = new TreeSet<>();
    for (int on = 0; on < 1 << rows.length; on++) {
      for (int tight = on; ; tight = (tight - 1) & on) {
        if (isFace(rows, on, tight)) {
          expected.add(bits(on, rows.length));
          break;
        }
        if (tight == 0) {
          break;
        }
      }
    }
    expected.remove(bits(0, rows.length));
    Patterns all = PatternEnumeration.everyGate(Matrix.ofRows(rows), LIMIT);
    Set<String> found = new TreeSet<>();
    for (int b = 0; b < all.count(); b++) {
      found.add(bits((int) all.bits(b)[0], rows.length));
    }
    assertThat(found).isEqualTo(expected);
  }

  /** Whether some w has sign_r x_r'w > 0 on all rows but zero ones, which count as positive. */
  private static boolean isCell(double[][] rows, int signs) {
    int zero = 0;
    for (int r = 0; r < rows.length; r++) {
      zero |= Dense.norm(rows[r]) == 0 ? 1 << r : 0;
    }
    return (zero & ~signs) == 0 && isFace(rows, signs, zero);
  }

  /**
   * Whether some w has x_r'w = 0 on the tight rows, > 0 on the others that are on, and &lt; 0 on
   * the rest: by Gordan's theorem, unless a convex combination of the signed rows is zero modulo
   * the tight ones.
   */
  private static boolean isFace(double[][] rows, int on, int tight) {
    int d = rows[0].length;
    double[][] space = orthonormal(rows, tight);
    double[][] lifted = new double[rows.length - Integer.bitCount(tight)][];
    int i = 0;
    for (int r = 0; r < rows.length; r++) {
      if ((tight >> r & 1) == 0) {
        double[] row = outside(rows[r], space);
        double norm = Dense.norm(row);
        if (norm <= 1e-9 * Math.max(1e-300, Dense.norm(rows[r]))) {
          return false;
        }
        lifted[i] = Arrays.copyOf(Dense.times(((on >> r & 1) != 0 ? 1 : -1) / norm, row), d + 1);
        lifted[i++][d] = 1;
      }
    }
    double[] target = new double[d + 1];
    target[d] = -1;
    return lifted.length == 0
        || Dense.norm(ReferenceProjection.lawsonHanson(lifted, target).v()) > 1e-9;
  }

  private static double[][] orthonormal(double[][] rows, int chosen) {
    double[][] basis = new double[0][];
    for (int r = 0; r < rows.length; r++) {
      double length = Dense.norm(rows[r]);
      if ((chosen >> r & 1) != 0 && length > 0) {
        double[] rest = outside(outside(Dense.times(1 / length, rows[r]), basis), basis);
        double norm = Dense.norm(rest);
        if (norm > 1e-9) {
          basis = Arrays.copyOf(basis, basis.length + 1);
          basis[basis.length - 1] = Dense.times(1 / norm, rest);
        }
      }
    }
    return basis;
  }

  private static double[] outside(double[] vector, double[][] basis) {
    double[] rest = vector.clone();
    for (double[] b : basis) {
      Dense.add(rest, -Dense.dot(rest, b), b);
    }
    return rest;
  }

  private static String bits(int signs, int n) {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < n; r++) {
      text.append(signs >> r & 1);
    }
    return text.toString();
  }

  private static Set<String> distinct(Matrix x, Matrix gates) {
    PatternReader reader = new PatternReader(x);
    Set<String> patterns = new TreeSet<>();
    for (int i = 0; i < gates.rows(); i++) {
      patterns.add(bits((int) reader.pattern(gates.row(i))[0], x.rows()));
    }
    return patterns;
  }

  /** Gates on rows, where hyperplanes meet, and zero, give C-ReLU nothing. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("degenerate")
  void boundariesOfCellsMakeNoBetterReluNetwork(Case c) {
    double[][] rows = c.kind.rows(c.seed);
    double[] y = Instance.gaussian(new Random(c.seed), 1, rows.length)[0];
    PatternEnumeration cells = PatternEnumeration.of(Matrix.ofRows(rows), LIMIT);
    double inside = relu(rows, y, cells.patterns());
    double everywhere = relu(rows, y, PatternEnumeration.everyGate(Matrix.ofRows(rows), LIMIT));
    assertThat(everywhere).isBetween(inside * (1 - 3e-10), inside * (1 + 3e-10));
  }

  private static double relu(double[][] x, double[] y, Patterns patterns) {
    Problem problem = new Problem(Matrix.ofRows(x), y, Model.RELU);
    Solver solver = new Solver(problem, new Pricer(new ConvexProgram(problem, patterns)));
    Solution solution = solver.solve(0.1 * Dense.norm(y), Settings.to(1e-10));
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    return solution.certificate().objective();
  }

  /** y = x = (1, -1)': one block of norm 1 against two of norm 1 each. */
  @Test
  void boundariesOfCellsMakeBetterGatedNetworks() {
    double[][] x = {{1}, {-1}};
    double[] y = {1, -1};
    DenseProgram cells =
        new DenseProgram(
            x, y, Model.GATED, List.of(new boolean[] {true, false}, new boolean[] {false, true}));
    DenseProgram all = new DenseProgram(x, y, Model.GATED, List.of(new boolean[] {true, true}));
    assertThat(PatternEnumeration.of(Matrix.ofRows(x), LIMIT).patterns().count()).isEqualTo(2);
    assertThat(PatternEnumeration.everyGate(Matrix.ofRows(x), LIMIT).count()).isEqualTo(3);
    // min (1 - w)^2 / 2 + ... : cells 2 (0.1 - 0.005), both rows at once 0.1 - 0.0025.
    assertThat(cells.objective(cells.minimise(0.1, 1e-10), 0.1)).isBetween(0.1899, 0.1901);
    assertThat(all.objective(all.minimise(0.1, 1e-10), 0.1)).isBetween(0.0974, 0.0976);
  }

  @Test
  void isTheSameEveryTimeInTheOrderOfPatterns() {
    Matrix x = Matrix.ofRows(Instance.gaussian(new Random(3), 6, 3));
    PatternEnumeration one = PatternEnumeration.of(x, LIMIT);
    PatternEnumeration two = PatternEnumeration.of(x, LIMIT);
    assertThat(two.gates()).isEqualTo(one.gates());
    Patterns patterns = one.patterns();
    assertThat(patterns.count()).isEqualTo(Patterns.of(x, one.gates()).count());
    Set<Integer> seen = new HashSet<>();
    for (int b = 0; b < patterns.count(); b++) {
      assertThat(new PatternReader(x).pattern(one.gates().row(patterns.gateId(b))))
          .isEqualTo(patterns.bits(b));
      assertThat(seen.add((int) patterns.bits(b)[0])).isTrue();
    }
  }

  @Test
  void refusesMoreThanItsLimitAndSaysHowMany() {
    Matrix x = Matrix.ofRows(Instance.gaussian(new Random(1), 200, 5));
    assertThatThrownBy(() -> PatternEnumeration.of(x, LIMIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("up to 129409702 patterns")
        .hasMessageContaining("at most 100000");
    assertThatThrownBy(() -> PatternEnumeration.everyGate(x, LIMIT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PatternEnumeration.bound(2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rank is 3");
  }

  @ParameterizedTest
  @EnumSource
  void aMatrixOfZerosHasOnePattern(Model model) {
    Matrix x = Matrix.zeros(3, 2);
    assertThat(PatternEnumeration.bound(x)).isEqualTo(1);
    Patterns patterns =
        model == Model.RELU
            ? PatternEnumeration.of(x, 1).patterns()
            : PatternEnumeration.everyGate(x, 1);
    assertThat(patterns.count()).isEqualTo(1);
    assertThat(patterns.bits(0)).containsExactly(7);
  }
}
