package org.relupath.core.path;

/** Logarithmic grids of lambdas, largest first. */
public final class LambdaGrid {
  private LambdaGrid() {}

  /**
   * K lambdas from lambda_max down to ratio lambda_max, equally spaced in the logarithm.
   *
   * @param lambdaMax the first, > 0
   * @param minRatio the last over the first, in (0, 1)
   * @param count K >= 1; a grid of one is lambda_max alone
   */
  public static double[] logarithmic(double lambdaMax, double minRatio, int count) {
    if (!(lambdaMax > 0)) {
      throw new IllegalArgumentException("lambda_max is " + lambdaMax + ", expected positive");
    }
    if (!(minRatio > 0 && minRatio < 1)) {
      throw new IllegalArgumentException(
          "the smallest ratio is " + minRatio + ", expected in (0, 1)");
    }
    if (count < 1) {
      throw new IllegalArgumentException("the number of lambdas is " + count);
    }
    double[] lambdas = new double[count];
    for (int k = 0; k < count; k++) {
      lambdas[k] = k == 0 ? lambdaMax : lambdaMax * Math.pow(minRatio, k / (count - 1.0));
    }
    return lambdas;
  }
}
