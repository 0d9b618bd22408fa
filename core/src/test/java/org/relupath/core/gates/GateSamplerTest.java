package org.relupath.core.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler.Distribution;

class GateSamplerTest {

  private static GateSampler sampler(Distribution distribution, long seed) {
    return new GateSampler(distribution, seed, 6, true);
  }

  @ParameterizedTest
  @EnumSource
  void aGateDependsOnTheSeedAndItsNumberOnly(Distribution distribution) {
    Matrix many = sampler(distribution, 5).sample(50);
    Matrix few = sampler(distribution, 5).sample(7);
    for (int i = 49; i >= 0; i--) {
      double[] alone = sampler(distribution, 5).gate(i);
      assertThat(many.row(i)).containsExactly(alone);
      if (i < 7) {
        assertThat(few.row(i)).containsExactly(alone);
      }
    }
    assertThat(sampler(distribution, 6).gate(0)).isNotEqualTo(many.row(0));
  }

  @ParameterizedTest
  @EnumSource
  void gatesDiffer(Distribution distribution) {
    Set<String> seen = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (int i = 0; i < 50; i++) {
        seen.add(Arrays.toString(sampler(distribution, seed).gate(i)));
      }
    }
    assertThat(seen).hasSize(1000);
  }

  @Test
  void gaussianGatesAreStandardNormal() {
    double[] all = new GateSampler(Distribution.GAUSSIAN, 1, 20, true).sample(2000).values();
    double mean = Arrays.stream(all).average().orElseThrow();
    double square = Arrays.stream(all).map(v -> v * v).average().orElseThrow();
    double fourth = Arrays.stream(all).map(v -> v * v * v * v).average().orElseThrow();
    // Four standard deviations of each average of 40000 numbers.
    assertThat(mean).isCloseTo(0, within(4 / 200.0));
    assertThat(square).isCloseTo(1, within(4 * Math.sqrt(2) / 200));
    assertThat(fourth).isCloseTo(3, within(4 * Math.sqrt(96) / 200));
  }

  @Test
  void sparseGatesThresholdOneOrTwoFeatures() {
    int[] uses = new int[5];
    int pairs = 0;
    Matrix gates = sampler(Distribution.SPARSE, 3).sample(1000);
    for (int i = 0; i < 1000; i++) {
      double[] gate = gates.row(i);
      assertThat(gate[5]).as("ones column of gate %d", i).isNotZero();
      int features = 0;
      for (int k = 0; k < 5; k++) {
        uses[k] += gate[k] != 0 ? 1 : 0;
        features += gate[k] != 0 ? 1 : 0;
      }
      assertThat(features).isBetween(1, 2);
      pairs += features - 1;
    }
    assertThat(pairs).isBetween(430, 570);
    assertThat(Arrays.stream(uses).min().orElseThrow()).isGreaterThan(240);
    assertThat(Arrays.stream(uses).max().orElseThrow()).isLessThan(360);
  }

  @Test
  void sparseGatesWithoutInterceptLeaveTheLastColumnToChance() {
    Matrix gates = new GateSampler(Distribution.SPARSE, 3, 2, false).sample(50);
    assertThat(gates.values()).contains(0.0);
    assertThat(new GateSampler(Distribution.SPARSE, 3, 1, true).gate(0)[0]).isNotZero();
    assertThat(new GateSampler(Distribution.SPARSE, 3, 1, false).gate(0)[0]).isNotZero();
  }

  @Test
  void theFirstGatesOfSeedOneStayWhatTheyAre() {
    // Saved runs name their gates by seed and number: these must not change between releases.
    assertThat(new GateSampler(Distribution.GAUSSIAN, 1, 2, false).gate(0))
        .containsExactly(GOLDEN_GAUSSIAN);
    assertThat(new GateSampler(Distribution.SPARSE, 1, 3, true).gate(7))
        .containsExactly(GOLDEN_SPARSE);
  }

  private static final double[] GOLDEN_GAUSSIAN = {1.0538821245072854, 0.5795439081029741};
  private static final double[] GOLDEN_SPARSE = {0, 0.9270842860378709, 0.38002990310779017};

  @Test
  void seedsOfDifferentPurposesDiffer() {
    Set<Long> seeds = new HashSet<>();
    for (String purpose : new String[] {"gate", "gates", "split", "", "etag"}) {
      for (long seed = -3; seed < 4; seed++) {
        for (long index = -3; index < 4; index++) {
          seeds.add(Seeds.derive(seed, purpose, index));
        }
      }
    }
    assertThat(seeds).hasSize(5 * 7 * 7);
  }

  @Test
  void refusesNoColumnsAndNoGates() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GateSampler(Distribution.GAUSSIAN, 1, 0, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sampler(Distribution.GAUSSIAN, 1).sample(0))
        .withMessageContaining("got 0");
  }
}
