package org.relupath.spark.engine;

import java.util.Locale;
import org.relupath.core.data.Design;

/**
 * The engine that suits a size, and why. It depends on the program and the grid only, never on the
 * cluster, so that the same command gives the same result everywhere.
 *
 * @param reason one clause for people
 */
public record EngineChoice(Engine engine, String reason) {
  /** Pricing this many multiply-adds takes longer than the task that does it is worth. */
  private static final double HEAVY_PASS = 2e9;

  /** Segments pay from this many multiply-adds a pass on. */
  private static final double LIGHT_PASS = 2e6;

  private static final int LONG_GRID = 16;

  /**
   * A search of all patterns goes to executors from so many numbers of X on: it then takes seconds.
   */
  private static final double LARGE = 5e5;

  /**
   * Chooses.
   *
   * @param x X, of which a sparse one counts for the numbers that it has
   * @param gates gates asked for
   * @param lambdas lambdas of the grid, 1 for a fit
   */
  public static EngineChoice of(Design x, int gates, int lambdas) {
    String size =
        x.isSparse()
            ? String.format(
                Locale.ROOT,
                "%d rows x %d columns with %d numbers x %d gates, %d lambdas",
                x.rows(),
                x.columns(),
                x.size(),
                gates,
                lambdas)
            : size(x.rows(), x.columns(), gates, lambdas);
    return of(size, (double) x.size() * gates, lambdas);
  }

  private static String size(int n, int d, int gates, int lambdas) {
    return String.format(
        Locale.ROOT, "%d rows x %d columns x %d gates, %d lambdas", n, d, gates, lambdas);
  }

  /**
   * Chooses.
   *
   * @param n rows
   * @param d columns
   * @param gates gates asked for
   * @param lambdas lambdas of the grid, 1 for a fit
   */
  public static EngineChoice of(int n, int d, int gates, int lambdas) {
    return of(size(n, d, gates, lambdas), (double) n * d * gates, lambdas);
  }

  private static EngineChoice of(String size, double pass, int lambdas) {
    if (pass >= HEAVY_PASS) {
      return new EngineChoice(Engine.GATES, size + ": pricing dominates, executors price");
    }
    if (lambdas >= LONG_GRID && pass >= LIGHT_PASS) {
      return new EngineChoice(Engine.LAMBDAS, size + ": executors solve segments of the grid");
    }
    return new EngineChoice(Engine.DRIVER, size + ": small enough for the driver");
  }

  /** Whether executors search patterns too: where they price anyway, and where X is large. */
  public boolean searches(Design x) {
    return engine == Engine.GATES || x.size() >= LARGE;
  }
}
