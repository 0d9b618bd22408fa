package org.relupath.spark.result.page;

import java.util.function.ToDoubleFunction;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.result.PathRow;

/**
 * Charts over log lambda, the chosen one marked: a full dot where lambda was solved, a ring where
 * it was interpolated.
 */
record LambdaChart(PathPage page) {
  /** A chart without curves yet, which follows the slider of the page. */
  Chart chart(String id, String heading, String caption, Chart.Size size, Axis up) {
    double only = page.rows().get(0).lambda();
    Axis across = Axis.lambda("λ, the regularization");
    if (page.rows().size() == 1) {
      across.within(only / 3, 3 * only);
    }
    double chosen = page.chosen().lambda();
    return new Chart(id, heading, caption, size, across, up)
        .vertical(chosen, "chosen λ = " + Numbers.text(chosen))
        .followsLambda();
  }

  /** The lambdas, largest first. */
  double[] lambdas() {
    return values(PathRow::lambda);
  }

  /** A number of every lambda; not a number where there is none. */
  double[] values(ToDoubleFunction<PathRow> value) {
    return page.rows().stream().mapToDouble(value).toArray();
  }

  /** Adds a curve with a dot at every lambda. */
  void dotted(Chart chart, String name, double[] values, Ink ink, Chart.Stroke stroke) {
    chart.dotted(name, lambdas(), values, ink, stroke, i -> page.rows().get(i).solved());
  }
}
