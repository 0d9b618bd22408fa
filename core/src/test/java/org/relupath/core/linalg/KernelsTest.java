package org.relupath.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** BLAS and Cholesky against plain loops, and the Java code against the native library. */
class KernelsTest {
  static final List<Integer> ORDERS = Arrays.stream(Kernels.ORDERS).boxed().toList();

  @ParameterizedTest(name = "order {0}")
  @FieldSource("ORDERS")
  void choleskySolves(int n) {
    double[] a = Kernels.positiveDefinite(n);
    double[] b = Kernels.numbers(n, 5);
    double[] x = b.clone();
    Cholesky.of(n, a.clone()).solve(x);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      double size = 0;
      for (int j = 0; j < n; j++) {
        sum += a[i + j * n] * x[j];
        size += Math.abs(a[i + j * n] * x[j]);
      }
      assertThat(sum).as("row %d", i).isCloseTo(b[i], within(1e-13 * (1 + size)));
    }
  }

  /** The trace of the inverse, column by column: (A^-1)_ii = e_i' A^-1 e_i. */
  @ParameterizedTest(name = "order {0}")
  @FieldSource("ORDERS")
  void choleskyTellsTheTraceOfTheInverse(int n) {
    Cholesky factor = Cholesky.of(n, Kernels.positiveDefinite(n));
    double trace = 0;
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      factor.solve(unit);
      trace += unit[i];
    }
    assertThat(factor.inverseTrace()).isCloseTo(trace, within(1e-12 * trace));
  }

  @ParameterizedTest(name = "order {0}")
  @FieldSource("ORDERS")
  void choleskyRefusesWhatIsNotPositiveDefinite(int n) {
    double[] negative = Kernels.positiveDefinite(n);
    negative[n * n - 1] = -1;
    assertThat(Cholesky.of(n, negative)).isNull();
    double[] broken = Kernels.positiveDefinite(n);
    broken[n - 1] = Double.NaN;
    assertThat(Cholesky.of(n, broken)).isNull();
    assertThat(Cholesky.of(n, new double[n * n])).isNull();
  }

  @Test
  void choleskyReadsTheLowerTriangleOnly() {
    double[] a = {4, 2, Double.NaN, 5};
    double[] x = {8, 9};
    Cholesky.of(2, a).solve(x);
    assertThat(x).usingComparatorWithPrecision(1e-15).containsExactly(1.375, 1.25);
  }

  @ParameterizedTest(name = "trans {0}, {1} x {2}")
  @CsvSource({"false,5,3", "true,5,3", "false,100,7", "true,100,7", "true,193,2", "false,1,0"})
  void symmetricProductIsThatOfLoops(boolean trans, int n, int k) {
    double[] a = Kernels.numbers(n * k, 2);
    double[] c = Kernels.numbers(n * n, 3);
    double[] expected = new double[n * (n + 1) / 2];
    for (int i = 0, at = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += trans ? a[l + i * k] * a[l + j * k] : a[i + l * n] * a[j + l * n];
        }
        expected[at++] = 2 * sum - c[i + j * n];
      }
    }
    assertThat(Kernels.symmetricProduct(trans, n, k))
        .usingComparatorWithPrecision(1e-13)
        .containsExactly(expected);
  }

  @ParameterizedTest(name = "op(A) {0}, op(B) {1}, {2} x {3}, inner {4}")
  @CsvSource({
    "false,false,3,4,5", "true,false,3,4,5", "false,true,3,4,5", "true,true,3,4,5",
    "false,false,3,4,0", "false,true,0,4,2", "true,false,3,0,2", "false,false,1,1,1"
  })
  void productIsThatOfLoops(boolean transA, boolean transB, int m, int n, int k) {
    double[] a = Kernels.numbers(m * k + 1, 2);
    double[] b = Kernels.numbers(k * n + 1, 3);
    double[] c = Kernels.numbers(m * n + 2, 4);
    double[] expected = c.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += a[1 + (transA ? l + i * k : i + l * m)] * b[1 + (transB ? j + l * n : l + j * k)];
        }
        expected[2 + i + j * m] = 3 * sum - 0.5 * c[2 + i + j * m];
      }
    }
    int lda = Math.max(1, transA ? k : m);
    int ldb = Math.max(1, transB ? n : k);
    Blas.gemm(transA, transB, m, n, k, 3, a, 1, lda, b, 1, ldb, -0.5, c, 2, Math.max(1, m));
    assertThat(c).usingComparatorWithPrecision(1e-14).containsExactly(expected);
  }

  @Test
  void aProductOverNothingWithBetaZeroClearsNotANumber() {
    double[] c = {Double.NaN, Double.NaN};
    Blas.gemm(false, false, 2, 1, 0, 1, new double[0], 2, new double[0], 1, 0, c, 2);
    assertThat(c).containsExactly(0, 0);
  }

  @Test
  void dotAddsEveryLength() {
    for (int n = 0; n < 12; n++) {
      double[] a = new double[n + 3];
      double[] b = new double[n + 3];
      double expected = 0;
      for (int k = 0; k < n; k++) {
        a[k + 1] = k + 1;
        b[k + 2] = k - 2;
        expected += a[k + 1] * b[k + 2];
      }
      assertThat(Vectors.dot(a, 1, b, 2, n)).as("length %d", n).isEqualTo(expected);
    }
  }

  @Test
  void aSecondProcessWithoutANativeLibraryComputesTheSame() throws Exception {
    List<String> lines = run("java");
    assertThat(lines.get(0)).doesNotContain("JNI");
    double[] java = lines.stream().skip(2).mapToDouble(Double::parseDouble).toArray();
    assertThat(java).usingComparatorWithPrecision(1e-10).containsExactly(Kernels.results());
  }

  /** Breeze and MLlib get what netlib's {@code getInstance} gives. */
  @Test
  void allCallersInAProcessUseTheLibraryThatIsNamed() throws Exception {
    for (String none : new String[] {null, "java"}) {
      assertThat(run(none, "names")).hasSize(2).noneMatch(line -> line.contains("JNI"));
    }
    if (Blas.isNative()) {
      String library = System.getProperty("dev.ludovic.netlib.blas.nativeLibPath");
      List<String> lines = run(library, "names");
      assertThat(lines.get(0)).isEqualTo("JNIBLAS " + library);
      assertThat(lines.get(1)).contains("JNIBLAS", "JNILAPACK");
    }
  }

  /**
   * What {@link Kernels} prints in another JVM where RELUPATH_BLAS names this, null for nothing.
   */
  private static List<String> run(String library, String... arguments)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-Xmx256m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("org.relupath.core.linalg.Kernels");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("RELUPATH_BLAS");
    if (library != null) {
      builder.environment().put("RELUPATH_BLAS", library);
    }
    Process process = builder.start();
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = reader.lines().toList();
      assertThat(process.waitFor()).as("exit status").isZero();
      return lines;
    }
  }
}
