package org.relupath.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void stepsAreOneTwoOrFive() {
    assertThat(labels(Scale.LINEAR, 0, 1.1, 5)).containsExactly("0", "0.5", "1");
    assertThat(labels(Scale.LINEAR, -0.3, 0.2, 5))
        .containsExactly("-0.3", "-0.2", "-0.1", "0", "0.1", "0.2");
    assertThat(labels(Scale.COUNT, 0, 2, 8)).containsExactly("0", "1", "2");
    assertThat(labels(Scale.PERCENT, 0.58, 1.02, 4)).containsExactly("60 %", "80 %", "100 %");
  }

  @Test
  void logarithmsShowTheirNumbers() {
    assertThat(labels(Scale.LOG, 0, 2, 5)).containsExactly("1", "2", "5", "10", "20", "50", "100");
    assertThat(labels(Scale.LOG, -3, 1, 5)).containsExactly("0.001", "0.01", "0.1", "1", "10");
    assertThat(labels(Scale.LOG, -16, -4, 5)).contains("1e-16", "1e-4");
    assertThat(labels(Scale.LOG, Math.log10(40), Math.log10(61), 3))
        .containsExactly("40", "50", "60");
  }

  @Test
  void noAxisIsBareOrCrowded() {
    for (Scale scale : Scale.values()) {
      for (double length : new double[] {0.01, 0.3, 0.9, 1, 2.9, 3, 7, 16, 40, 300}) {
        for (int wanted : new int[] {2, 5, 11}) {
          int least = scale == Scale.COUNT && length < 1 ? 0 : 1;
          assertThat(scale.ticks(-1.23, -1.23 + length, wanted))
              .as("%s of length %s, %s wanted", scale, length, wanted)
              .hasSizeBetween(least, 3 * wanted + 4);
        }
      }
    }
  }

  /** Objectives that differ by rounding, or not at all, of any size. */
  @Test
  void numbersThatAreAllButEqualStillMakeAnAxis() {
    for (double center : new double[] {0, 1, -1, 7, 1e16, -1e300, 1e-300}) {
      for (double length : new double[] {0, 1e-17, 1e-16, 1e-12, 1e-9}) {
        double width = length * Math.max(1, Math.abs(center));
        for (Scale scale : Scale.values()) {
          if (scale == Scale.LOG && Math.abs(center) > 400) {
            continue; // ten to the power of that is no number
          }
          Range range = new Span().with(center, center + width).range(0.04, 0.12);
          Range legible = scale.legible(range);
          assertThat(scale.ticks(legible.getLowerBound(), legible.getUpperBound(), 5))
              .as("%s from %s, %s wide", scale, center, width)
              .hasSizeLessThan(1002);
        }
      }
    }
    Range flat = Scale.LOG.legible(new Range(-7.5e-17, 5e-17));
    assertThat(labels(Scale.LOG, flat.getLowerBound(), flat.getUpperBound(), 5)).contains("1");
  }

  private static List<String> labels(Scale scale, double lower, double upper, int wanted) {
    return scale.ticks(lower, upper, wanted).stream().map(Tick::label).toList();
  }
}
