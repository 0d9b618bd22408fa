package org.relupath.spark.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** One number of {@link Measures}. */
enum Measure {
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
  static List<Measure> known(List<Measures> networks) {
    return Arrays.stream(values())
        .filter(measure -> networks.stream().anyMatch(m -> measure.value.apply(m) != null))
        .toList();
  }

  /** What tables and charts call it. */
  String label() {
    return label;
  }

  /** Whether it is a share of rows, and larger is better. */
  boolean share() {
    return share;
  }

  /** The number; not a number where there is none. */
  double of(Measures measures) {
    Double number = value.apply(measures);
    return number == null ? Double.NaN : number;
  }

  /** The number as a table shows it. */
  String text(Measures measures) {
    Double number = value.apply(measures);
    return share ? Numbers.percent(number) : Numbers.text(number);
  }
}
