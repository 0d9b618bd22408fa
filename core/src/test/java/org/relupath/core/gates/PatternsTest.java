package org.relupath.core.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;

class PatternsTest {
  private static final Matrix X = Matrix.ofRows(new double[][] {{1, 0}, {0, 1}, {-1, -1}});

  private static Patterns of(double[]... gates) {
    return Patterns.of(X, Matrix.ofRows(gates));
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {1, 7, 63, 64, 65, 128, 130})
  void arePatternsOfTheDefinition(int n) {
    Random random = new Random(n);
    double[][] x = Instance.gaussian(random, n, 3);
    double[][] gates = Instance.gaussian(random, 37, 3);
    List<boolean[]> expected = DenseProgram.patternsOf(x, gates);
    Patterns patterns = Patterns.of(Matrix.ofRows(x), Matrix.ofRows(gates));
    assertThat(patterns.rows()).isEqualTo(n);
    assertThat(patterns.count()).isEqualTo(expected.size());
    assertThat(patterns.planeCount()).isEqualTo((expected.size() + 7) / 8);
    for (int b = 0; b < patterns.count(); b++) {
      long[] bits = patterns.bits(b);
      assertThat(bits).hasSize((n + 63) / 64);
      for (int r = 0; r < n; r++) {
        boolean active = expected.get(b)[r];
        assertThat(patterns.active(b, r)).isEqualTo(active);
        assertThat((bits[r / 64] >>> r % 64 & 1) == 1).isEqualTo(active);
        assertThat((patterns.plane(b / 8)[r] >> b % 8 & 1) == 1).isEqualTo(active);
      }
    }
  }

  @Test
  void unusedBitsOfTheLastWordAndPlaneAreZero() {
    Patterns patterns = of(new double[] {0, 0});
    assertThat(patterns.bits(0)).containsExactly(0b111);
    assertThat(patterns.plane(0)).containsExactly(1, 1, 1);
  }

  @Test
  void keepTheFirstOfEqualPatternsAndDropTheZeroOne() {
    Patterns patterns =
        Patterns.of(
            Matrix.ofRows(new double[][] {{1, 0}, {0, 1}}),
            Matrix.ofRows(
                new double[][] {{-1, -2}, {2, -1}, {1, -3}, {-1, -1}, {-1, 1}, {5, 5}, {4, -1}}));
    assertThat(patterns.count()).isEqualTo(3);
    assertThat(IntStream.range(0, 3).map(patterns::gateId)).containsExactly(1, 4, 5);
    assertThat(patterns.bits(0)).containsExactly(0b01);
    assertThat(patterns.bits(1)).containsExactly(0b10);
    assertThat(patterns.bits(2)).containsExactly(0b11);
  }

  @Test
  void mayBeNone() {
    Patterns patterns =
        Patterns.of(Matrix.ofRows(new double[][] {{1}, {2}}), new Matrix(1, 1, new double[] {-1}));
    assertThat(patterns.count()).isZero();
    assertThat(patterns.planeCount()).isZero();
  }

  @Test
  void doNotDependOnHowTheGatesWerePartitioned() {
    Random random = new Random(4);
    Matrix x = Matrix.ofRows(Instance.gaussian(random, 9, 2));
    Matrix gates = Matrix.ofRows(Instance.gaussian(random, 100, 2));
    Patterns whole = Patterns.of(x, gates);
    assertThat(whole.count()).isLessThan(100);
    for (int parts = 1; parts <= 100; parts += 11) {
      List<long[]> bits = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        PatternReader reader = new PatternReader(x);
        for (int i = part * 100 / parts; i < (part + 1) * 100 / parts; i++) {
          bits.add(reader.pattern(gates.row(i)));
        }
      }
      Patterns merged = Patterns.distinct(9, bits);
      assertThat(merged.count()).isEqualTo(whole.count());
      for (int b = 0; b < whole.count(); b++) {
        assertThat(merged.gateId(b)).isEqualTo(whole.gateId(b));
        assertThat(merged.bits(b)).containsExactly(whole.bits(b));
      }
    }
  }

  @Test
  void aRowOnTheGatesHyperplaneIsActive() {
    PatternReader reader = new PatternReader(X);
    assertThat(reader.pattern(new double[] {0, 0})).containsExactly(0b111);
    assertThat(reader.pattern(new double[] {0, 1})).containsExactly(0b011);
    assertThat(reader.pattern(new double[] {-1, 1})).containsExactly(0b110);
    assertThat(reader.pattern(new double[] {-0.0, -1})).containsExactly(0b101);
  }

  @Test
  void aReaderKeepsNothingFromOneGateToTheNext() {
    PatternReader reader = new PatternReader(X);
    reader.pattern(new double[] {5, 5});
    assertThat(reader.pattern(new double[] {-1, -1})).containsExactly(0b100);
    assertThat(reader.pattern(new double[] {5, 5})).containsExactly(0b011);
  }

  @Test
  void refusesAGateOfTheWrongWidth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatternReader(X).pattern(new double[3]))
        .withMessage("gate has 3 entries, expected 2");
  }
}
