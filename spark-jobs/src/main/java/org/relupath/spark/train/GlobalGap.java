package org.relupath.spark.train;

import java.util.Locale;
import java.util.Objects;
import org.relupath.spark.report.Numbers;

/**
 * How far above the best of all networks of a class some network may be: the one place that says
 * what is optimal among all, on command lines and on pages.
 *
 * @param value (objective - lower bound) / objective; of several networks the largest
 * @param networks the class
 * @param source what proves the bound, such as {@code norm}; empty where there are several
 */
public record GlobalGap(double value, NetworkClass networks, String source) {
  /** At a larger gap nothing is called the optimum over all networks, whatever was asked for. */
  static final double OPTIMUM = 1e-6;

  /** Refuses null. */
  public GlobalGap {
    Objects.requireNonNull(networks, "networks");
    Objects.requireNonNull(source, "source");
  }

  /** Whether the network counts as the best of its class. */
  public boolean optimum() {
    return value <= OPTIMUM;
  }

  /** A clause for a line of output, such as {@code gap to all ReLU networks 0.57 (norm)}. */
  public String clause() {
    return optimum()
        ? "the optimum over all " + networks.name() + " of any width" + networks.restriction()
        : String.format(
            Locale.ROOT,
            "gap to all %s%s %.2g%s",
            networks.name(),
            networks.biases() ? "" : " without biases",
            value,
            source.isEmpty() ? "" : " (" + source + ")");
  }

  /** A sentence for a page. */
  public String sentence() {
    String figure = value <= 0 ? "rounding" : Numbers.text(value, 3) + " of its own objective";
    return optimum()
        ? ("Over all activation patterns a bound is as tight: no network of any width is better by"
                + " more than %s (of all %s).")
            .formatted(figure, networks.description())
        : ("With other activation patterns a network may be better: all that is proven of %s is that"
                + " none has an objective more than %s below this one.")
            .formatted(networks.description(), Numbers.percent(value));
  }
}
