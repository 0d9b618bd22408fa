package org.relupath.core.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.LAPACK;

/**
 * The BLAS and the LAPACK of this process, chosen on purpose: those of netlib, which Breeze and
 * MLlib call as well.
 *
 * <p>netlib would silently load whatever {@code libblas.so.3} it finds, which is often the slow
 * reference one. Here a native library is used only when it was named by {@code
 * -Ddev.ludovic.netlib.blas.nativeLibPath} (or {@code .nativeLib}; {@code lapack} likewise), or,
 * for both, by the environment variable {@code RELUPATH_BLAS}, unless that is {@code java};
 * otherwise the Java implementation runs, vectorised where {@code
 * --add-modules=jdk.incubator.vector} is given. netlib reads the names when anything in the process
 * first calls it.
 *
 * <p>Matrices are column-major as BLAS has them: a row-major n x d {@link
 * org.relupath.core.data.Matrix} is the d x n transpose.
 */
public final class Blas {
  private static final String PROPERTY = "dev.ludovic.netlib.blas.nativeLib";

  static {
    name("blas");
    name("lapack");
  }

  private static final BLAS INSTANCE = BLAS.getInstance();
  static final LAPACK LAPACK_INSTANCE = LAPACK.getInstance();

  /** Columns of a block of the Java symmetric product: wide enough for gemm to be worth it. */
  private static final int BLOCK = 96;

  private Blas() {}

  /** Says what netlib is to load for "blas" or "lapack", unless a property already does. */
  private static void name(String part) {
    String library = System.getenv("RELUPATH_BLAS");
    String property = "dev.ludovic.netlib." + part + ".";
    if (System.getProperty(property + "nativeLibPath", System.getProperty(property + "nativeLib"))
        != null) {
      return;
    }
    if (library == null || library.equals("java")) {
      System.setProperty(property + "allowNative", "false");
    } else {
      System.setProperty(property + "nativeLibPath", library);
    }
  }

  /** Whether a native library was asked for and loaded. */
  public static boolean isNative() {
    return INSTANCE instanceof NativeBLAS;
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
