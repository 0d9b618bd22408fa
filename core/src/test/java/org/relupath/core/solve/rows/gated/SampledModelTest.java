package org.relupath.core.solve.rows.gated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowCase;
import org.relupath.core.reference.Dense;

/** What the driver works with, against dense algebra. */
class SampledModelTest {

  private static Evaluation evaluate(List<RowBlock> blocks, BlockWeights weights) {
    return Evaluation.of(weights, new LocalRows(blocks, 0).sums(List.of(weights)), 0);
  }

  /** [D_b X for b in the gates]' of the same, entry by entry. */
  private static double[] dense(RowBlock block, int[] gates) {
    int d = block.x().columns();
    int n = gates.length * d;
    double[] h = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int r = 0; r < block.rows(); r++) {
          if (block.gates().active(gates[i / d], r) && block.gates().active(gates[j / d], r)) {
            h[i + j * n] += block.x().get(r, i % d) * block.x().get(r, j % d);
          }
        }
      }
    }
    return h;
  }

  @Test
  void gramGrowsWithTheWorkingSet() {
    RowBlock block = RowCase.of(150, 3, 14, 3).cut(150).get(0);
    SampleGram gram = new SampleGram(block, true);
    gram.add(new int[] {5, 2, 13, 0});
    gram.add(new int[] {1, 7, 8, 9, 10, 11, 12, 3});
    gram.add(new int[] {4, 6});
    int[] expected = {5, 2, 13, 0, 1, 7, 8, 9, 10, 11, 12, 3, 4, 6};
    assertThat(gram.gates()).isEqualTo(expected);
    assertThat(Dense.distance(gram.values(), dense(block, expected))).isLessThan(1e-9);
    SampleGram partial = new SampleGram(block, false);
    partial.add(new int[] {5, 2, 13, 0});
    double[] lifted = dense(block, new int[] {5, 2, 13, 0});
    double[] all = new LocalRows(List.of(block), 0).gram();
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        lifted[i + 12 * j] += i / 3 == j / 3 ? all[i % 3 + 3 * (j % 3)] / 150 : 0;
      }
    }
    assertThat(Dense.distance(partial.values(), lifted)).isLessThan(1e-9);
  }

  /** Sampled rows give H; differences over all rows correct it. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void correctedMatrixIsExactOnWhatWasSeenAndStaysSemidefinite(long seed) {
    RowCase rows = RowCase.of(200, 3, 8, seed);
    List<RowBlock> all = rows.cut(200);
    int[] gates = {3, 0, 7, 5, 1, 2, 4, 6};
    double[] exact = dense(all.get(0), gates);
    double[] sampled = dense(rows.cut(40).get(0), gates);
    Vectors.scale(5, sampled, 0, sampled.length);
    BlockSecants secants = new BlockSecants(evaluate(all, BlockWeights.zero(3)), 10);
    BlockWeights[] seen = {rows.weights(2, 1), rows.weights(5, 2), rows.weights(5, 2)};
    for (BlockWeights weights : seen) {
      secants.add(evaluate(all, weights));
    }
    double[] corrected = secants.correct(sampled, gates);
    assertThat(Dense.distance(corrected, sampled)).isGreaterThan(1);
    for (BlockWeights weights : seen) {
      double[] w = new double[24];
      for (int i = 0; i < weights.size(); i++) {
        int gate = weights.blocks().get(i).pattern();
        int place = Arrays.stream(gates).boxed().toList().indexOf(gate);
        System.arraycopy(weights.values(), 3 * i, w, 3 * place, 3);
      }
      assertThat(Dense.distance(times(corrected, w), times(exact, w)))
          .isLessThan(1e-9 * Dense.norm(times(exact, w)));
    }
    // Symmetric with non-negative curvature in random directions, and singular values that add up
    // to the trace.
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      double[] z = random.doubles(24, -1, 1).toArray();
      assertThat(Dense.dot(z, times(corrected, z))).isGreaterThan(-1e-9);
    }
    double trace = 0;
    for (int i = 0; i < 24; i++) {
      trace += corrected[25 * i];
    }
    double spectrum = Arrays.stream(SymmetricEigen.of(24, corrected).values()).sum();
    assertThat(spectrum).isCloseTo(trace, within(1e-9 * trace));
  }

  /** Where few points are kept, H is exact on the last one and on no other. */
  @Test
  void onlyTheLastPointsCorrectTheMatrix() {
    RowCase rows = RowCase.of(200, 3, 8, 4);
    List<RowBlock> all = rows.cut(200);
    int[] gates = {0, 1, 2, 3, 4, 5, 6, 7};
    double[] exact = dense(all.get(0), gates);
    double[] sampled = dense(rows.cut(40).get(0), gates);
    Vectors.scale(5, sampled, 0, sampled.length);
    BlockSecants secants = new BlockSecants(evaluate(all, BlockWeights.zero(3)), 1);
    BlockWeights[] seen = {rows.weights(5, 1), rows.weights(5, 2)};
    for (BlockWeights weights : seen) {
      secants.add(evaluate(all, weights));
    }
    double[] corrected = secants.correct(sampled, gates);
    double[] off = new double[2];
    for (int j = 0; j < 2; j++) {
      double[] w = new double[24];
      for (int i = 0; i < seen[j].size(); i++) {
        System.arraycopy(seen[j].values(), 3 * i, w, 3 * seen[j].blocks().get(i).pattern(), 3);
      }
      double[] image = times(exact, w);
      off[j] = Dense.distance(times(corrected, w), image) / Dense.norm(image);
    }
    assertThat(off[1]).isLessThan(1e-9);
    assertThat(off[0]).isGreaterThan(1e-3);
  }

  private static double[] times(double[] h, double[] x) {
    double[] product = new double[x.length];
    Blas.gemv(false, x.length, x.length, 1, h, x.length, x, 0, product);
    return product;
  }

  /** A semidefinite H of rank 7 and order 18: optimality conditions, summed by hand. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void quadraticLassoMeetsItsOptimalityConditions(long seed) {
    Random random = new Random(seed);
    int n = 18;
    double[] factor = random.doubles(7 * n, -1, 1).toArray();
    double[] h = new double[n * n];
    Blas.gemm(true, false, n, n, 7, 1, factor, 7, factor, 7, 0, h, n);
    double[] b = times(h, random.doubles(n, -3, 3).toArray());
    double[] start = seed % 2 == 0 ? new double[n] : random.doubles(n, -1, 1).toArray();
    double largest = 0;
    for (int g = 0; g < 6; g++) {
      largest = Math.max(largest, Vectors.norm(b, 3 * g, 3));
    }
    for (double ratio : new double[] {0.5, 0.1, 0.01, 1.01}) {
      double lambda = ratio * largest;
      double[] w = new QuadraticLasso(h, n, 3).solve(b, lambda, start, 1e-9);
      double[] gradient = Dense.minus(b, times(h, w));
      for (int g = 0; g < 6; g++) {
        double norm = Vectors.norm(w, 3 * g, 3);
        double worst = Vectors.norm(gradient, 3 * g, 3) - lambda;
        if (norm > 0) {
          double[] own = Arrays.copyOfRange(gradient, 3 * g, 3 * g + 3);
          Vectors.axpy(-lambda / norm, w, 3 * g, own, 0, 3);
          worst = Dense.norm(own);
        }
        assertThat(worst).isLessThanOrEqualTo(2e-9 * lambda);
      }
      assertThat(Dense.norm(w) == 0).isEqualTo(ratio > 1);
    }
  }
}
