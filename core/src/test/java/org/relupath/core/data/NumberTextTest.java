package org.relupath.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "-",
        ".",
        "+.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e5.",
        "1 2",
        "1,5",
        "--1",
        "1-",
        "nan",
        "NaN",
        "inf",
        "Infinity",
        "-Infinity",
        "0x1p3",
        "0x10",
        "1d",
        "1f",
        "1.5D",
        "1L",
        "1_000",
        "١٢٣",
        "१",
        "１",
        "\u00a01",
        "1\u0000",
        "1\n",
        "\u22121",
        "1e400",
        "-1e400",
        "1e-400",
        "1e99999999999",
        "1e-99999999999",
        "1.7976931348623159e308",
        "2e-324"
      })
  void whatIsNoNumber(String text) {
    assertThat(NumberText.parse(text)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0",
        "007",
        "1",
        "+1",
        "-1",
        "1.",
        ".5",
        "-.5",
        "1e5",
        "1E+5",
        "1e-5",
        " 1.5\t",
        "4.9e-324",
        "1.7976931348623157e308",
        "9007199254740993",
        "123456789012345678901234567890",
        "0.000000000000000000000000000000000001",
        "1e22",
        "1e23",
        "0e999999999",
        "0.1",
        "100000000000000000000e-20"
      })
  void whatIsOne(String text) {
    double value = NumberText.parse(text);
    assertThat(value).isEqualTo(Double.parseDouble(text.strip()));
    assertThat(NumberText.isBeyondDoubles(text)).isFalse();
  }

  @Test
  void sizeIsToldFromGrammar() {
    for (String text : new String[] {"1e400", "-1e400", "1e-400", " 1e400"}) {
      assertThat(NumberText.isBeyondDoubles(text)).isTrue();
    }
    for (String text : new String[] {"x", "1", "0", "0e999"}) {
      assertThat(NumberText.isBeyondDoubles(text)).isFalse();
    }
  }

  /** Doubles as shortest text, fixed and scientific, and decimals halfway between two doubles. */
  @Test
  void roundsToTheNearestDouble() {
    long seed = 20230713;
    SplittableRandom random = new SplittableRandom(seed);
    for (int k = 0; k < 40_000; k++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value) || value == 0) {
        continue;
      }
      String shortest = Double.toString(value);
      assertThat(NumberText.parse(shortest)).as("seed " + seed + ": " + shortest).isEqualTo(value);
      int digits = random.nextInt(1, 25);
      String rounded = String.format(Locale.ROOT, "%." + digits + "e", random.nextDouble() * 1e3);
      assertThat(NumberText.parse(rounded))
          .as("seed " + seed + ": " + rounded)
          .isEqualTo(Double.parseDouble(rounded));
      if (k % 20 == 0 && Math.abs(value) > 1e-290 && Math.abs(value) < 1e300) {
        BigDecimal half =
            new BigDecimal(value)
                .add(new BigDecimal(Math.nextUp(value)))
                .divide(BigDecimal.valueOf(2));
        assertThat(NumberText.parse(half.toString()))
            .as("seed " + seed + ": " + half)
            .isEqualTo(Double.parseDouble(half.toString()));
      }
    }
  }

  @Test
  void wholeNumbers() {
    assertThat(NumberText.whole(" -0 ")).isZero();
    assertThat(NumberText.whole("+12")).isEqualTo(12);
    for (String text : new String[] {"", "1e3", "1.0", "١", "99999999999999999999", "0x1", "1_0"}) {
      assertThatThrownBy(() -> NumberText.whole(text)).isInstanceOf(NumberFormatException.class);
    }
  }
}
