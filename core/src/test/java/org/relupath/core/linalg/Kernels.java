package org.relupath.core.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Solution;

/**
 * What the kernels compute on fixed random input: run here, and by {@link #main} in a second JVM
 * that has no native library.
 */
final class Kernels {
  /** Orders of the matrices, on both sides of every block size of the Java code. */
  static final int[] ORDERS = {1, 2, 7, 47, 48, 49, 95, 96, 97, 200};

  private Kernels() {}

  /** Solutions, products and an optimal value, one after the other. */
  static double[] results() {
    List<double[]> all = new ArrayList<>();
    for (int n : ORDERS) {
      double[] a = positiveDefinite(n);
      double[] x = numbers(n, n + 1);
      Cholesky.of(n, a).solve(x);
      all.add(x);
      all.add(symmetricProduct(false, n, 13));
      all.add(symmetricProduct(true, n, 13));
    }
    for (Model model : Model.values()) {
      Instance instance = Instance.of(Instance.Shape.ONE_HOT, 1);
      Solution solution = instance.solve(model, 0.1 * instance.lambdaMax(model), 1e-12);
      all.add(new double[] {solution.certificate().objective()});
    }
    return all.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** n x n numbers of mean 0. */
  static double[] numbers(int count, long seed) {
    return new Random(seed).doubles(count, -1, 1).toArray();
  }

  /** B B' + I, column-major and whole. */
  static double[] positiveDefinite(int n) {
    double[] b = numbers(n * n, n);
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double sum = i == j ? 1 : 0;
        for (int k = 0; k < n; k++) {
          sum += b[i + k * n] * b[j + k * n];
        }
        a[i + j * n] = sum;
      }
    }
    return a;
  }

  /** The lower triangle of 2 A A' - C, or of 2 A'A - C, row after row. */
  static double[] symmetricProduct(boolean trans, int n, int k) {
    double[] c = numbers(n * n, 3);
    Blas.syrk(trans, n, k, 2, numbers(n * k, 2), trans ? k : n, -1, c, n);
    double[] lower = new double[n * (n + 1) / 2];
    for (int i = 0, at = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        lower[at++] = c[i + j * n];
      }
    }
    return lower;
  }

  /** Prints the library, what netlib gives its callers, and every result unless "names" is said. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(Blas.describe());
    out.println(BLAS.getInstance().getClass() + " " + LAPACK.getInstance().getClass());
    if (args.length == 0) {
      for (double result : results()) {
        out.println(result);
      }
    }
  }
}
