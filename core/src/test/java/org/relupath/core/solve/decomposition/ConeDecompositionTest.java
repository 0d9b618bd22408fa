package org.relupath.core.solve.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.reference.CsvTable;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;
import org.relupath.core.solve.decomposition.SplitMethod.Objective;

/** The network that a cone decomposition makes: its fit, its cones, its certificate, identities. */
class ConeDecompositionTest {
  static List<SplitMethod> exactMethods() {
    return SplitCase.EXACT;
  }

  @ParameterizedTest
  @MethodSource("exactMethods")
  void keepsTheFitAndStaysInTheCones(SplitMethod method) {
    for (int[] shape : new int[][] {{30, 2}, {60, 5}, {40, 12}, {20, 30}}) {
      for (long seed = 1; seed <= 3; seed++) {
        SplitCase c = new SplitCase(shape[0], shape[1], seed);
        Solution gated = c.gated();
        Decomposition result = c.decompose(gated, method);
        String name = Arrays.toString(shape) + ", seed " + seed;
        assertThat(gated.weights().size()).as(name).isPositive();
        assertThat(result.exact()).as(name).isTrue();
        BlockWeights weights = result.solution().weights();
        double[] wanted = gated.weights().fit(c.x, Model.GATED);
        double[] error = weights.fit(c.x, Model.RELU);
        Vectors.axpy(-1, wanted, 0, error, 0, error.length);
        assertThat(Vectors.norm(error)).as(name).isLessThan(1e-12 * Vectors.norm(wanted));
        assertThat(result.fitError()).as(name).isLessThan(1e-12);
        for (int i = 0; i < weights.size(); i++) {
          Block block = weights.blocks().get(i);
          int b = block.pattern();
          assertThat(block.id()).isEqualTo(block.sign() > 0 ? b : c.patterns.count() + b);
          assertThat(block.bits()).isEqualTo(c.patterns.bits(b));
          for (double[] row : c.cone(block)) {
            assertThat(Vectors.dot(row, weights.weights(i)))
                .as(name)
                .isGreaterThanOrEqualTo(-1e-12 * Vectors.norm(row) * weights.norm(i));
          }
        }
        for (BlockSplit split : result.splits()) {
          double[] difference = split.v().clone();
          Vectors.axpy(-1, split.z(), 0, difference, 0, difference.length);
          Vectors.axpy(-1, split.w(), 0, difference, 0, difference.length);
          assertThat(Vectors.norm(difference)).isLessThan(1e-12 * Vectors.norm(split.w()));
          assertThat(split.growth()).isGreaterThanOrEqualTo(1 - 1e-12);
        }
      }
    }
  }

  @Test
  void theCertificateHoldsAgainstTheOptimum() {
    SplitCase c = new SplitCase(60, 5, 4);
    Solution gated = c.gated();
    Solution best =
        new Solver(c.relu, c.reluPricer).solve(gated.certificate().lambda(), Settings.to(1e-10));
    Solution made = c.decompose(gated, SplitMethod.NORMS).solution();
    Certificate proof = made.certificate();
    assertThat(made.status()).isEqualTo(Status.FEASIBLE);
    assertThat(made.status().label()).isEqualTo("feasible");
    assertThat(proof.objective()).isGreaterThan(best.certificate().objective());
    assertThat(proof.dualObjective()).isLessThanOrEqualTo(best.certificate().objective());
    assertThat(proof.relativeGap()).isBetween(1e-3, 1.0);
    assertThat(proof.maxConeViolation()).isLessThan(1e-12);
    // The loss is the gated one: only the penalty has grown.
    assertThat(proof.loss()).isCloseTo(gated.certificate().loss(), within(1e-9 * proof.loss()));
    assertThat(proof.penalty()).isGreaterThan(gated.certificate().penalty());
  }

  /** What bounds the gated program from below bounds its decompositions, exact or not. */
  @Test
  void theBetterOfTheTwoDualBoundsIsReported() {
    List<SplitMethod> methods = new ArrayList<>(SplitCase.EXACT);
    methods.add(SplitMethod.approximate(1e-2));
    int better = 0;
    for (int seed = 1; seed <= 6; seed++) {
      SplitCase c = new SplitCase(60, 5, seed);
      Solution gated = c.gated();
      double lambda = gated.certificate().lambda();
      for (SplitMethod method : methods) {
        ConeDecomposition cones = new ConeDecomposition(c.relu, c.reluPricer, c.patterns.count());
        Certificate alone =
            cones.decompose(gated.weights(), method, lambda).solution().certificate();
        Certificate proof = cones.decompose(gated, method, lambda).solution().certificate();
        assertThat(proof.dualObjective())
            .as("seed %s %s", seed, method)
            .isEqualTo(Math.max(alone.dualObjective(), gated.certificate().dualObjective()));
        assertThat(proof.relativeGap())
            .isEqualTo((proof.objective() - proof.dualObjective()) / proof.objective());
        better += proof.dualObjective() > alone.dualObjective() ? 1 : 0;
      }
    }
    assertThat(better).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"diab-P60-s1", "dig-P50-s3"})
  void realDataKeepTheirFit(String name) {
    double[][] table = CsvTable.read("/oracle/" + name + "/data.csv.gz", true);
    Matrix x = Matrix.ofRows(CsvTable.withoutLastColumn(table));
    Matrix gates = Matrix.ofRows(CsvTable.read("/oracle/" + name + "/gates.csv", false));
    SplitCase c = new SplitCase(x, CsvTable.lastColumn(table), Patterns.of(x, gates), 1);
    Solution gated = c.gated();
    Solution best =
        new Solver(c.relu, c.reluPricer).solve(gated.certificate().lambda(), Settings.to(1e-8));
    double least = Double.POSITIVE_INFINITY;
    for (SplitMethod method : SplitCase.EXACT) {
      Decomposition made = c.decompose(gated, method);
      Certificate proof = made.solution().certificate();
      assertThat(made.exact()).as("%s", method).isTrue();
      assertThat(made.fitError()).as("%s", method).isLessThan(1e-12);
      assertThat(proof.maxConeViolation()).as("%s", method).isLessThan(1e-12);
      assertThat(proof.objective()).isGreaterThan(best.certificate().dualObjective());
      assertThat(proof.dualObjective()).isLessThanOrEqualTo(best.certificate().objective());
      least = Math.min(least, proof.objective());
    }
    // C-ReLU pays for the norms, which is what NORMS minimises.
    assertThat(c.decompose(gated, SplitMethod.NORMS).solution().certificate().objective())
        .isLessThanOrEqualTo(least * (1 + 1e-12));
  }

  @Test
  void weightsInsideTheConeStayOneBlockWhereNormsCount() {
    SplitCase c = SplitCase.allActive(new double[] {1, 0});
    BlockSplit norms = c.split(0, SplitMethod.NORMS, 1, 5);
    assertThat(norms.v()).containsExactly(1, 5);
    assertThat(norms.z()).containsExactly(0, 0);
    assertThat(norms.growth()).isCloseTo(1, within(1e-15));
    // Squares share the free direction between the two: p = v + z = (1, 0).
    BlockSplit squares = c.split(0, SplitMethod.SQUARES, 1, 5);
    assertThat(squares.v()).containsExactly(new double[] {1, 2.5}, within(1e-14));
    assertThat(squares.z()).containsExactly(new double[] {0, -2.5}, within(1e-14));
    BlockSplit negative = c.split(0, SplitMethod.NORMS, -1, 5);
    assertThat(negative.v()).containsExactly(0, 0);
    assertThat(negative.z()).containsExactly(1, -5);
  }

  @Test
  void aKnownSplitInThePlane() {
    // K is the first quadrant and w = (3, -4): v = (3, 0), z = (0, 4) is the smallest split.
    SplitCase c = SplitCase.allActive(new double[] {2, 0}, new double[] {0, 7});
    for (SplitMethod method : SplitCase.EXACT) {
      BlockSplit split = c.split(0, method, 3, -4);
      assertThat(split.outcome()).isEqualTo(BlockSplit.Outcome.EXACT);
      assertThat(split.v()).containsExactly(new double[] {3, 0}, within(1e-13));
      assertThat(split.z()).containsExactly(new double[] {0, 4}, within(1e-13));
    }
  }

  @ParameterizedTest
  @MethodSource("exactMethods")
  void scalesWithTheWeightsAndIgnoresTheLengthAndNumberOfRows(SplitMethod method) {
    SplitCase c = new SplitCase(30, 4, 5);
    int[] twice = new int[60];
    Arrays.setAll(twice, r -> r % 30);
    Matrix longer = c.x.selectRows(twice);
    for (int r = 0; r < 30; r++) {
      Vectors.scale(1 + r, longer.values(), r * 4, 4);
    }
    GateSampler gates = new GateSampler(GateSampler.Distribution.GAUSSIAN, 5, 4, true);
    SplitCase stretched =
        new SplitCase(longer, new double[60], Patterns.of(longer, gates.sample(40)), 5);
    double[] w = {0.3, -2, 1, 0.7};
    double[] scaled = w.clone();
    Vectors.scale(1e6, scaled, 0, 4);
    for (int b = 0; b < 5; b++) {
      BlockSplit one = c.split(b, method, w);
      BlockSplit large = c.split(b, method, scaled);
      BlockSplit same = stretched.split(b, method, w);
      double value = SplitOptimalityTest.value(one, method.objective());
      double factor = method.objective() == Objective.SQUARES ? 1e12 : 1e6;
      assertThat(SplitOptimalityTest.value(large, method.objective()))
          .isCloseTo(factor * value, within(1e-9 * factor * value));
      assertThat(SplitOptimalityTest.value(same, method.objective()))
          .isCloseTo(value, within(1e-9 * value));
    }
  }

  @Test
  void manyRowsAndColumnsTakeNoLongerThanTheyShould() {
    SplitCase c = new SplitCase(2000, 100, 1);
    SplittableRandom random = new SplittableRandom(3);
    double[] w = new double[100];
    Arrays.setAll(w, k -> Seeds.gaussian(random));
    BlockWeights weights = new BlockWeights(List.of(c.block(0)), 100, w);
    for (SplitMethod method : SplitCase.EXACT) {
      Decomposition made = c.decompose(weights, method);
      assertThat(made.exact()).as("%s", method).isTrue();
      assertThat(made.solution().seconds()).as("%s", method).isLessThan(60);
    }
  }

  @Test
  void zeroStaysZero() {
    SplitCase c = new SplitCase(20, 3, 1);
    Decomposition result = c.decompose(c.gated(1e6), SplitMethod.SQUARES);
    assertThat(result.exact()).isTrue();
    assertThat(result.fitError()).isZero();
    assertThat(result.solution().weights().size()).isZero();
    assertThat(result.solution().certificate().relativeGap()).isLessThan(1e-12);
  }

  @Test
  void refusesWhatItCannotDecompose() {
    SplitCase c = new SplitCase(20, 3, 1);
    ConeDecomposition cones = new ConeDecomposition(c.relu, c.reluPricer, c.patterns.count());
    Block negative = new Block(c.patterns.count(), 0, -1, c.patterns.bits(0));
    BlockWeights relu = new BlockWeights(List.of(negative), 3, new double[] {1, 2, 3});
    assertThatThrownBy(() -> cones.decompose(relu, SplitMethod.NORMS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sign -1, expected a gated block");
    assertThatThrownBy(() -> cones.decompose(BlockWeights.zero(3), SplitMethod.NORMS, 0))
        .hasMessageContaining("lambda is 0.0");
    assertThatThrownBy(() -> SplitMethod.approximate(0)).hasMessageContaining("rho is 0.0");
    assertThatThrownBy(() -> new SplitMethod(Objective.NORMS, 0.1))
        .hasMessageContaining("expected 0 for an exact split");
    Problem gated = new Problem(c.x, c.y, Model.GATED);
    assertThatThrownBy(() -> new ConeDecomposition(gated, c.reluPricer, 3))
        .hasMessageContaining("model is GATED, expected RELU");
  }
}
