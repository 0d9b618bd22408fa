package org.relupath.core.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Blas;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowPass;
import org.relupath.core.program.rows.RowWeights;

/**
 * Times a pass over a row block against a matrix product of the same multiply-adds: {@code
 * RowPassBenchmark [D GATES ACTIVE]}. CPU seconds of the process, the fastest of several runs.
 *
 * <p>The product is X' [D_1 u, ..., D_P u] with its right factor at hand, which is the backward
 * half of what a pass does; the pass makes its fits too.
 */
public final class RowPassBenchmark {
  private static final int RUNS = 12;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private RowPassBenchmark() {}

  /** Prints a line for each number of lambdas. */
  public static void main(String[] arguments) {
    int d = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
    int gates = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
    int active = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 50;
    SplittableRandom random = new SplittableRandom(1);
    Matrix x = gaussian(random, RowBlock.ROWS, d);
    double[] y = gaussian(random, RowBlock.ROWS, 1).values();
    RowBlock block = RowBlock.of(0, x, y, gaussian(random, gates, d));
    System.out.println("BLAS: " + Blas.describe());
    double product = seconds(() -> gemm(x, gates));
    double adds = 2.0 * RowBlock.ROWS * gates * d;
    System.out.printf(Locale.ROOT, "matrix product: %.1f GFlop/s%n", adds / product * 1e-9);
    for (int lambdas : new int[] {1, 2, 4, 8, 20}) {
      List<BlockWeights> weights = new ArrayList<>();
      for (int l = 0; l < lambdas; l++) {
        int[] own = new int[active];
        java.util.Arrays.setAll(own, i -> i * (gates / active));
        weights.add(RowWeights.of(own, d, gaussian(random, active, d).values()));
      }
      RowPass pass = new RowPass(weights, d, 0);
      double time = seconds(() -> pass.of(block));
      System.out.printf(
          Locale.ROOT,
          "pass, %2d lambdas, %d active of %d gates: %5.1f GFlop/s of products gate by gate, %.2f"
              + " times the product%n",
          lambdas,
          active,
          gates,
          lambdas * adds / time * 1e-9,
          lambdas * product / time);
    }
  }

  /** One block's product for one lambda, on right factors of 64 columns that stay in a cache. */
  private static void gemm(Matrix x, int gates) {
    int d = x.columns();
    int rows = 512;
    int columns = 64;
    double[] masked = new double[rows * columns];
    java.util.Arrays.fill(masked, 0.5);
    double[] c = new double[d * columns];
    for (int p = 0; p < gates; p += columns) {
      int width = Math.min(columns, gates - p);
      for (int r = 0; r < x.rows(); r += rows) {
        Blas.gemm(
            false, true, d, width, rows, 1, x.values(), r * d, d, masked, 0, columns, 1, c, 0, d);
      }
    }
  }

  private static double seconds(Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    for (int run = 0; run < RUNS; run++) {
      long begin = SYSTEM.getProcessCpuTime();
      int times = 0;
      while (times == 0 || SYSTEM.getProcessCpuTime() - begin < 300_000_000L) {
        work.run();
        times++;
      }
      best = Math.min(best, (SYSTEM.getProcessCpuTime() - begin) * 1e-9 / times);
    }
    return best;
  }

  private static Matrix gaussian(SplittableRandom random, int rows, int columns) {
    Matrix matrix = Matrix.zeros(rows, columns);
    java.util.Arrays.setAll(matrix.values(), i -> Seeds.gaussian(random));
    return matrix;
  }
}
