package org.relupath.core.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.reference.Instance;

/** Patterns read again from their gates, beside those that are kept. */
class GatePatternsTest {
  private static final int GATES = 200;
  private static final Matrix X = Matrix.ofRows(Instance.gaussian(new Random(3), 70, 3));
  private static final GateSampler SAMPLER =
      new GateSampler(GateSampler.Distribution.GAUSSIAN, 8, 3, false);

  static Stream<GateStream> streams() {
    return Stream.of(SAMPLER, ListedGates.of(SAMPLER.sample(GATES)));
  }

  private static void assertSame(Patterns one, Patterns other, int from) {
    assertThat(one.rows()).isEqualTo(other.rows());
    for (int b = 0; b < one.count(); b++) {
      assertThat(one.bits(b)).isEqualTo(other.bits(from + b));
      for (int r = 0; r < one.rows(); r++) {
        boolean plane = (one.plane(b / 8)[r] >> b % 8 & 1) != 0;
        assertThat(one.active(b, r)).isEqualTo(other.active(from + b, r)).isEqualTo(plane);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void areThoseThatAreKept(GateStream gates) {
    Patterns stored = Patterns.of(X, SAMPLER.sample(GATES));
    int[] ids = IntStream.range(0, stored.count()).map(stored::gateId).toArray();
    Patterns read = new GatePatterns(X, gates, ids);
    assertThat(read.count()).isEqualTo(stored.count()).isLessThanOrEqualTo(GATES);
    assertThat(read.planeCount()).isEqualTo(stored.planeCount());
    assertSame(read, stored, 0);
    assertSame(read.kept(), stored, 0);
    assertThat(IntStream.range(0, ids.length).map(read.kept()::gateId)).containsExactly(boxed(ids));
    assertSame(read.part(13, 40).kept(X), stored, 13);
    assertSame(stored.part(13, 40).kept(X), stored, 13);
    assertThat(read.part(13, 40).kept(X).gateId(2)).isEqualTo(2);
    assertThat(stored.kept()).isSameAs(stored);
  }

  private static Integer[] boxed(int[] numbers) {
    return IntStream.of(numbers).boxed().toArray(Integer[]::new);
  }

  /** Neither X nor the gates of other parts go along. */
  @ParameterizedTest
  @MethodSource("streams")
  void partsAreSmall(GateStream gates) throws IOException, ClassNotFoundException {
    Matrix large = Matrix.ofRows(Instance.gaussian(new Random(4), 5000, 3));
    Patterns read = new GatePatterns(large, gates, IntStream.range(0, GATES).toArray());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(read.part(5, 9));
    }
    assertThat(bytes.size()).isLessThan(2000);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertSame(((Patterns.Part) in.readObject()).kept(large), read, 5);
    }
  }

  @Test
  void listedGatesKnowTheirNumbers() {
    Matrix vectors = SAMPLER.sample(10);
    GateStream some = ListedGates.of(vectors).only(new int[] {2, 3, 7});
    assertThat(some.gate(7)).isEqualTo(vectors.row(7));
    assertThat(some.only(new int[] {3}).gate(3)).isEqualTo(vectors.row(3));
    assertThatIllegalArgumentException().isThrownBy(() -> some.gate(4)).withMessageContaining("4");
  }
}
