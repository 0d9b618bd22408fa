package org.relupath.core.solve.decomposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.decomposition.SplitMethod.Objective;

/** Splits against their KKT conditions and each other. */
class SplitOptimalityTest {
  @Test
  void squaresAndNormsMeetTheirKktConditions() {
    for (long seed = 1; seed <= 5; seed++) {
      SplitCase c = new SplitCase(50, 5, seed);
      Solution gated = c.gated();
      for (BlockSplit split : c.decompose(gated, SplitMethod.SQUARES).splits()) {
        // The gradient of ||p||^2 / 2 in p = v + z, with w fixed.
        assertKkt(c, split, sum(split.v(), 1, split.z()), "squares, seed " + seed);
      }
      for (BlockSplit split : c.decompose(gated, SplitMethod.NORMS).splits()) {
        double v = Vectors.norm(split.v());
        double z = Vectors.norm(split.z());
        if (v > 0 && z > 0) {
          double[] unit = split.v().clone();
          Vectors.scale(1 / v, unit, 0, unit.length);
          assertKkt(c, split, sum(unit, 1 / z, split.z()), "norms, seed " + seed);
        }
      }
    }
  }

  /** The gradient is a non-negative combination of the rows that are tight for v or for z. */
  private static void assertKkt(SplitCase c, BlockSplit split, double[] gradient, String name) {
    double[] left = gradient.clone();
    List<double[]> tight = new ArrayList<>();
    double size = Vectors.norm(split.v()) + Vectors.norm(split.z());
    for (double[] row : c.cone(split.block())) {
      Vectors.scale(1 / Vectors.norm(row), row, 0, row.length);
      double slack = Math.min(Vectors.dot(row, split.v()), Vectors.dot(row, split.z()));
      if (slack < 1e-11 * size) {
        tight.add(row);
      }
    }
    // Non-negative least squares by coordinate descent.
    double[] rho = new double[tight.size()];
    for (int sweep = 0; sweep < 200_000; sweep++) {
      for (int i = 0; i < rho.length; i++) {
        double next = Math.max(0, rho[i] + Vectors.dot(tight.get(i), left));
        Vectors.axpy(rho[i] - next, tight.get(i), 0, left, 0, left.length);
        rho[i] = next;
      }
      if (Vectors.norm(left) < 1e-10 * Vectors.norm(gradient)) {
        return;
      }
    }
    assertThat(Vectors.norm(left)).as(name).isLessThan(1e-7 * Vectors.norm(gradient));
  }

  private static double[] sum(double[] a, double factor, double[] b) {
    double[] sum = a.clone();
    Vectors.axpy(factor, b, 0, sum, 0, sum.length);
    return sum;
  }

  @Test
  void eachMethodIsBestAtItsOwnObjective() {
    for (long seed = 1; seed <= 5; seed++) {
      SplitCase c = new SplitCase(40, 6, seed);
      Solution gated = c.gated();
      List<Decomposition> made = SplitCase.EXACT.stream().map(m -> c.decompose(gated, m)).toList();
      for (int b = 0; b < gated.weights().size(); b++) {
        for (int method = 0; method < SplitCase.EXACT.size(); method++) {
          Objective own = SplitCase.EXACT.get(method).objective();
          double least = value(made.get(method).splits().get(b), own);
          for (Decomposition other : made) {
            assertThat(least)
                .as(own + ", seed " + seed)
                .isLessThanOrEqualTo(value(other.splits().get(b), own) * (1 + 1e-9));
          }
        }
      }
      assertThat(made.get(0).solution().certificate().objective())
          .isLessThanOrEqualTo(made.get(1).solution().certificate().objective() * (1 + 1e-12));
    }
  }

  static double value(BlockSplit split, Objective objective) {
    double[] v = split.v();
    double[] z = split.z();
    return objective == Objective.NORMS
        ? Vectors.norm(v) + Vectors.norm(z)
        : Vectors.dot(v, v) + Vectors.dot(z, z);
  }

  @Test
  void theApproximateSplitTendsToTheExactOne() {
    SplitCase c = new SplitCase(40, 6, 9);
    Solution gated = c.gated();
    Decomposition exact = c.decompose(gated, SplitMethod.SQUARES);
    double before = 1;
    for (double rho : new double[] {1e-4, 1e-6, 1e-8, 1e-10}) {
      Decomposition soft = c.decompose(gated, SplitMethod.approximate(rho));
      assertThat(soft.count(BlockSplit.Outcome.APPROXIMATE)).isEqualTo(soft.splits().size());
      assertThat(soft.exact()).isFalse();
      assertThat(soft.solution().certificate().maxConeViolation()).isLessThan(1.001e-12);
      assertThat(soft.fitError()).isLessThan(0.05 * before);
      before = soft.fitError();
      double distance = 0;
      double size = 0;
      for (int b = 0; b < soft.splits().size(); b++) {
        double[] difference = sum(soft.splits().get(b).v(), -1, exact.splits().get(b).v());
        distance = Math.max(distance, Vectors.norm(difference));
        size = Math.max(size, Vectors.norm(exact.splits().get(b).v()));
      }
      // Growth is in the tens here: the penalty's pull is rho times its square.
      assertThat(distance).as("rho " + rho).isLessThan(2e3 * rho * size + 1e-7 * size);
    }
  }

  @Test
  void theApproximateSplitIsTheLimitOfProjectionsInTurns() {
    double rho = 0.05;
    SplitCase c = new SplitCase(30, 4, 2);
    Solution gated = c.gated();
    for (BlockSplit split : c.decompose(gated, SplitMethod.approximate(rho)).splits()) {
      double[] v = new double[4];
      double[] z = new double[4];
      for (int turn = 0; turn < 2000; turn++) {
        v = projected(c, split.block(), sum(split.w(), 1, z), rho);
        z = projected(c, split.block(), sum(v, -1, split.w()), rho);
      }
      double size = Vectors.norm(split.w());
      assertThat(Vectors.norm(sum(v, -1, split.v()))).isLessThan(1e-10 * size);
      assertThat(Vectors.norm(sum(z, -1, split.z()))).isLessThan(1e-10 * size);
    }
  }

  private static double[] projected(SplitCase c, Block block, double[] point, double rho) {
    Vectors.scale(1 / (1 + rho), point, 0, point.length);
    ConeProjection projection = c.relu.projection(block, new int[0]);
    projection.project(point, 0, -1);
    return projection.v().clone();
  }

  @Test
  void aBracketFindsTheRootOfASlowFixedPoint() {
    for (double root : new double[] {1e-6, 0.3, 0.62, 1 - 1e-6}) {
      Bracket bracket = new Bracket();
      double x = 0.5;
      int steps = 0;
      while (Math.abs(x - root) > 1e-9) {
        x = bracket.next(x, 0.01 * (root - x) + 0.005 * Math.pow(root - x, 3));
        assertThat(x).isBetween(0.0, 1.0);
        assertThat(++steps).isLessThan(40);
      }
    }
  }
}
