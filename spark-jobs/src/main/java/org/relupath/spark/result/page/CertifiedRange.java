package org.relupath.spark.result.page;

import java.util.List;
import org.relupath.core.path.GapBound;
import org.relupath.spark.report.Numbers;

/**
 * What is certified between the lambdas of a path.
 *
 * @param epsilon the bound asked for, in units of ||y||^2/2
 * @param solves programs solved
 * @param bounds from each lambda to the next, lambdas in the units of the loss scaling and gaps in
 *     units of ||y||^2/2; at least one
 */
public record CertifiedRange(double epsilon, int solves, List<GapBound> bounds) {

  /** Copies the list and checks that there is something to draw. */
  public CertifiedRange {
    bounds = List.copyOf(bounds);
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("bounds is empty, expected at least one interval");
    }
  }

  /** The largest bound of the range. */
  double worst() {
    return bounds.stream().mapToDouble(GapBound::max).max().orElseThrow();
  }

  /** Whether every lambda is within epsilon. */
  boolean reached() {
    return worst() <= epsilon;
  }

  /** What is proven, in a sentence; plain text. */
  String sentence() {
    GapBound first = bounds.get(0);
    GapBound last = bounds.get(bounds.size() - 1);
    return "At every λ from "
        + Numbers.text(first.upper())
        + " to "
        + Numbers.text(last.lower())
        + ", solved or in between, the network interpolated between its solved neighbours has an"
        + " objective at most "
        + Numbers.text(worst(), 3)
        + " ‖y‖²/2 above that of any network with these activation patterns, however wide and"
        + " however trained. "
        + (reached() ? "Asked for: " : "This misses what was asked for: ")
        + Numbers.text(epsilon)
        + ".";
  }
}
