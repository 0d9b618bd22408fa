package org.relupath.spark.report;

import java.util.ArrayList;
import java.util.List;
import org.jfree.data.Range;

/** What the numbers of an axis mean, and so where its ticks are. */
public enum Scale {
  /** Numbers as they are. */
  LINEAR {
    @Override
    List<Tick> ticks(double lower, double upper, int wanted) {
      return multiples(lower, upper, step((upper - lower) / wanted), 1, "");
    }
  },
  /** Whole numbers. */
  COUNT {
    @Override
    List<Tick> ticks(double lower, double upper, int wanted) {
      return multiples(lower, upper, Math.max(1, step((upper - lower) / wanted)), 1, "");
    }
  },
  /** Shares of one, shown as percentages. */
  PERCENT {
    @Override
    List<Tick> ticks(double lower, double upper, int wanted) {
      return multiples(lower, upper, step((upper - lower) / wanted), 100, " %");
    }
  },
  /** Logarithms to base ten, shown as the numbers they are of. */
  LOG {
    @Override
    List<Tick> ticks(double lower, double upper, int wanted) {
      double decades = upper - lower;
      if (decades >= Math.min(3, wanted)) {
        return powers(lower, upper, (int) Math.ceil(decades / (wanted + 1)));
      }
      return decades >= 0.9 ? oneTwoFive(lower, upper) : logsOfMultiples(lower, upper, wanted);
    }
  };

  /** An axis has no room for more ticks. */
  private static final int MOST = 1000;

  /** Numbers this close together, relatively, look the same on every axis. */
  private static final double SAME = 1e-9;

  /** A range that this scale can show; on a logarithmic one lengths are relative by themselves. */
  Range legible(Range range) {
    boolean flat = this == LOG && range.getLength() < SAME;
    return flat ? new Range(range.getLowerBound() - 0.15, range.getUpperBound() + 0.15) : range;
  }

  /** Ticks between two positions, about as many as wanted. */
  abstract List<Tick> ticks(double lower, double upper, int wanted);

  /** The smallest of 1, 2 and 5 times a power of ten that is at least {@code least}. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double multiple = least / power;
    return power * (multiple <= 1 ? 1 : multiple <= 2 ? 2 : multiple <= 5 ? 5 : 10);
  }

  private static List<Tick> multiples(
      double lower, double upper, double step, double unit, String suffix) {
    List<Tick> ticks = new ArrayList<>();
    double first = Math.ceil(lower / step - 1e-9);
    double last = Math.floor(upper / step + 1e-9);
    // Numbers too close together for their size have no multiples that can be told apart.
    for (double k = first; k <= last && last - first <= MOST && k + 1 > k; k++) {
      // Adding 0 makes a negative zero positive.
      ticks.add(new Tick(k * step, Numbers.text(k * step * unit + 0.0, 4) + suffix));
    }
    return ticks;
  }

  private static List<Tick> powers(double lower, double upper, int stride) {
    boolean plain = lower > -3.5 && upper < 4.5;
    List<Tick> ticks = new ArrayList<>();
    for (int e = (int) Math.ceil(lower - 1e-9); e <= upper + 1e-9; e++) {
      if (Math.floorMod(e, stride) == 0) {
        ticks.add(new Tick(e, plain ? Numbers.text(Math.pow(10, e), 4) : Numbers.power(e)));
      }
    }
    return ticks;
  }

  private static List<Tick> oneTwoFive(double lower, double upper) {
    List<Tick> ticks = new ArrayList<>();
    for (int e = (int) Math.floor(lower); e <= upper; e++) {
      for (int multiple : new int[] {1, 2, 5}) {
        double position = e + Math.log10(multiple);
        if (position >= lower - 1e-9 && position <= upper + 1e-9) {
          ticks.add(new Tick(position, Numbers.text(Math.pow(10, e) * multiple, 4)));
        }
      }
    }
    return ticks;
  }

  private static List<Tick> logsOfMultiples(double lower, double upper, int wanted) {
    return LINEAR.ticks(Math.pow(10, lower), Math.pow(10, upper), wanted).stream()
        .filter(tick -> tick.position() > 0)
        .map(tick -> new Tick(Math.log10(tick.position()), tick.label()))
        .toList();
  }
}
