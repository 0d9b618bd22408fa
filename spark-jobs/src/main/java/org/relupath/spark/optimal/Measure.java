package org.relupath.spark.optimal;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.report.Numbers;

/** One number of {@link NetworkMetrics}. */
public enum Measure {
  TRAIN_MSE("training MSE", NetworkMetrics::train, false),
  VALID_MSE("held-out MSE", NetworkMetrics::valid, false),
  TEST_MSE("test MSE", NetworkMetrics::test, false),
  TRAIN_ACCURACY("training accuracy", NetworkMetrics::train, true),
  VALID_ACCURACY("held-out accuracy", NetworkMetrics::valid, true),
  TEST_ACCURACY("test accuracy", NetworkMetrics::test, true);

  private final String label;
  private final Function<NetworkMetrics, Metrics> rows;
  private final boolean share;

  Measure(String label, Function<NetworkMetrics, Metrics> rows, boolean share) {
    this.label = label;
    this.rows = rows;
    this.share = share;
  }

  /** Those that were measured of some network. */
  public static List<Measure> known(List<NetworkMetrics> networks) {
    return Arrays.stream(values())
        .filter(measure -> networks.stream().anyMatch(m -> measure.value(m) != null))
        .toList();
  }

  /** What tables and charts call it. */
  public String label() {
    return label;
  }

  /** Whether it is a share of rows, and larger is better. */
  public boolean share() {
    return share;
  }

  private Double value(NetworkMetrics metrics) {
    Metrics own = rows.apply(metrics);
    return own == null ? null : share ? own.accuracy() : (Double) own.mse();
  }

  /** The number; not a number where there is none. */
  public double of(NetworkMetrics metrics) {
    Double number = value(metrics);
    return number == null ? Double.NaN : number;
  }

  /** The number as a table shows it. */
  public String text(NetworkMetrics metrics) {
    Double number = value(metrics);
    return share ? Numbers.percent(number) : Numbers.text(number);
  }
}
