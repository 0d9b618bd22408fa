package org.relupath.spark.optimal;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.relupath.spark.report.Numbers;

/** One number of {@link Measures}. */
public enum Measure {
  TRAIN_MSE("training MSE", Measures::trainMse, false),
  VALID_MSE("held-out MSE", Measures::validMse, false),
  TEST_MSE("test MSE", Measures::testMse, false),
  TRAIN_ACCURACY("training accuracy", Measures::trainAccuracy, true),
  VALID_ACCURACY("held-out accuracy", Measures::validAccuracy, true),
  TEST_ACCURACY("test accuracy", Measures::testAccuracy, true);

  private final String label;
  private final Function<Measures, Double> value;
  private final boolean share;

  Measure(String label, Function<Measures, Double> value, boolean share) {
    this.label = label;
    this.value = value;
    this.share = share;
  }

  /** Those that were measured of some network. */
  public static List<Measure> known(List<Measures> networks) {
    return Arrays.stream(values())
        .filter(measure -> networks.stream().anyMatch(m -> measure.value.apply(m) != null))
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

  /** The number; not a number where there is none. */
  public double of(Measures measures) {
    Double number = value.apply(measures);
    return number == null ? Double.NaN : number;
  }

  /** The number as a table shows it. */
  public String text(Measures measures) {
    Double number = value.apply(measures);
    return share ? Numbers.percent(number) : Numbers.text(number);
  }
}
