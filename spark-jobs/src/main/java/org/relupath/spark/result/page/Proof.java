package org.relupath.spark.result.page;

import java.util.Comparator;
import java.util.List;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.train.GlobalGap;

/**
 * The certificate in words.
 *
 * @param points the lambdas it speaks of, at least one
 * @param tolerance the relative gap that was asked for
 * @param global how far it is from all networks, of any width and with any patterns
 */
record Proof(List<PathRow> points, double tolerance, GlobalGap global) {

  /** The lambda of largest gap. */
  PathRow worst() {
    return points.stream().max(Comparator.comparingDouble(PathRow::relativeGap)).orElseThrow();
  }

  /** How many lambdas miss the tolerance. */
  long missed() {
    return points.stream().filter(point -> !(point.relativeGap() <= tolerance)).count();
  }

  /** One sentence on what is proven, and a second where the tolerance is missed; plain text. */
  String sentence() {
    double gap = worst().relativeGap();
    String above = gap == 0 ? "rounding" : Numbers.text(gap, 3) + " of its own objective";
    String proven =
        (points.size() == 1 ? "A" : "At every λ a")
            + " dual point gives a lower bound on the objective of every network with these"
            + " activation patterns, however wide and however trained; the network found here lies"
            + (" above that bound by at most " + above)
            + (points.size() == 1
                ? " (the relative gap)."
                : " (the worst relative gap, at λ = " + Numbers.text(worst().lambda()) + ").");
    if (missed() == 0) {
      return proven + " " + global.sentence();
    }
    return proven
        + (points.size() == 1
            ? " This misses"
            : " " + missed() + " of " + points.size() + " λ miss")
        + " the tolerance "
        + Numbers.text(tolerance)
        + " that was asked for.";
  }

  /** Adds the certificate to a page; set apart where the tolerance was missed. */
  Page on(Page page) {
    boolean met = missed() == 0;
    return page.verdict(met ? "Certified." : "Certified, but loosely.", sentence(), met);
  }
}
