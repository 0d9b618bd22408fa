package org.relupath.core.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

/**
 * The BLAS of this process, chosen on purpose.
 *
 * <p>netlib would silently load whatever {@code libblas.so.3} it finds, which is often the slow
 * reference one. Here a native library is used only when it was named by {@code
 * -Ddev.ludovic.netlib.blas.nativeLibPath} (or {@code .nativeLib}), or by the environment variable
 * {@code RELUPATH_BLAS}, for BLAS and LAPACK, unless that is {@code java}; otherwise the Java
 * implementation runs, vectorised where {@code --add-modules=jdk.incubator.vector} is given.
 *
 * <p>Matrices are column-major as BLAS has them: a row-major n x d {@link
 * org.relupath.core.data.Matrix} is the d x n transpose.
 */
public final class Blas {
  private static final String PROPERTY = "dev.ludovic.netlib.blas.nativeLib";
  private static final boolean NAMED = named(System.getenv("RELUPATH_BLAS"));
  private static final BLAS INSTANCE = NAMED ? BLAS.getInstance() : JavaBLAS.getInstance();
  private static final boolean NATIVE = INSTANCE.getClass().getSimpleName().startsWith("JNI");

  /** Columns of a block of the Java symmetric product: wide enough for gemm to be worth it. */
  private static final int BLOCK = 96;

  private Blas() {}

  /** Whether a library is named; netlib reads the name when it is first used, which is here. */
  private static boolean named(String environment) {
    if (System.getProperty(PROPERTY + "Path") != null || System.getProperty(PROPERTY) != null) {
      return true;
    }
    if (environment == null || environment.equals("java")) {
      return false;
    }
    System.setProperty(PROPERTY + "Path", environment);
    System.setProperty(PROPERTY.replace(".blas.", ".lapack.") + "Path", environment);
    return true;
  }

  /** Whether a native library was asked for and loaded. */
  public static boolean isNative() {
    return NATIVE;
  }

  /** What runs: the implementation and, where it is native, the library. */
  public static String describe() {
    String library = System.getProperty(PROPERTY + "Path", System.getProperty(PROPERTY));
    String name = INSTANCE.getClass().getSimpleName();
    return isNative() ? name + " " + library : name;
  }

  /** C (m x n) = alpha op(A) op(B) + beta C, with inner size k. */
  public static void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int lda,
      double[] b,
      int ldb,
      double beta,
      double[] c,
      int ldc) {
    gemm(transA, transB, m, n, k, alpha, a, 0, lda, b, 0, ldb, beta, c, 0, ldc);
  }

  /** C = alpha op(A) op(B) + beta C, each matrix from an offset of its array on. */
  public static void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int offsetA,
      int lda,
      double[] b,
      int offsetB,
      int ldb,
      double beta,
      double[] c,
      int offsetC,
      int ldc) {
    if (k == 0) {
      scale(m, n, beta, c, offsetC, ldc);
    } else if (m > 0 && n > 0) {
      INSTANCE.dgemm(
          transA ? "T" : "N",
          transB ? "T" : "N",
          m,
          n,
          k,
          alpha,
          a,
          offsetA,
          lda,
          b,
          offsetB,
          ldb,
          beta,
          c,
          offsetC,
          ldc);
    }
  }

  /** y = alpha op(A) x + beta y for an m x n matrix A. */
  public static void gemv(
      boolean trans,
      int m,
      int n,
      double alpha,
      double[] a,
      int lda,
      double[] x,
      double beta,
      double[] y) {
    if (m > 0 && n > 0) {
      INSTANCE.dgemv(trans ? "T" : "N", m, n, alpha, a, lda, x, 1, beta, y, 1);
    }
  }

  /**
   * The lower triangle of C (n x n) = alpha A A' + beta C, or alpha A'A + beta C when {@code
   * trans}, with inner size k.
   */
  public static void syrk(
      boolean trans,
      int n,
      int k,
      double alpha,
      double[] a,
      int lda,
      double beta,
      double[] c,
      int ldc) {
    if (n == 0 || k == 0) {
      scale(n, n, beta, c, 0, ldc);
      return;
    }
    if (isNative()) {
      INSTANCE.dsyrk("L", trans ? "T" : "N", n, k, alpha, a, lda, beta, c, ldc);
      return;
    }
    for (int j = 0; j < n; j += BLOCK) {
      int width = Math.min(BLOCK, n - j);
      int stride = trans ? lda : 1;
      gemm(
          trans,
          !trans,
          n - j,
          width,
          k,
          alpha,
          a,
          j * stride,
          lda,
          a,
          j * stride,
          lda,
          beta,
          c,
          j + j * ldc,
          ldc);
    }
  }

  /** C (m x n) = beta C: what a product over nothing leaves, which netlib refuses to compute. */
  private static void scale(int m, int n, double beta, double[] c, int offset, int ldc) {
    for (int j = 0; j < n; j++) {
      for (int i = offset + j * ldc; i < offset + j * ldc + m; i++) {
        c[i] = beta == 0 ? 0 : beta * c[i];
      }
    }
  }

  /** B (m x n) = B L^-T for the lower triangular n x n matrix L. */
  static void trsmRightTransposed(
      int m, int n, double[] l, int offsetL, int ldl, double[] b, int offsetB, int ldb) {
    INSTANCE.dtrsm("R", "L", "T", "N", m, n, 1.0, l, offsetL, ldl, b, offsetB, ldb);
  }

  /** x = L^-1 x, or L^-T x when {@code trans}, for the lower triangular n x n matrix L. */
  static void trsv(boolean trans, int n, double[] l, int ldl, double[] x) {
    INSTANCE.dtrsv("L", trans ? "T" : "N", "N", n, l, ldl, x, 1);
  }
}
