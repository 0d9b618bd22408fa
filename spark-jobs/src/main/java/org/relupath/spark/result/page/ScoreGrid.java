package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.score.Confusion;
import org.relupath.spark.data.Baselines;
import org.relupath.spark.data.PartMetrics;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;
import org.relupath.spark.result.CalibrationSummary;
import org.relupath.spark.result.Measurement;

/** The table of a network's figures beside those of the simplest models. */
final class ScoreGrid {
  private static final List<String> NUMBERS = List.of("rows", "model", "MSE", "R²");
  private static final List<String> TWO_VALUES =
      List.of(
          "rows",
          "model",
          "MSE",
          "accuracy",
          "AUC",
          "log loss",
          "true +",
          "false +",
          "false −",
          "true −");

  private ScoreGrid() {}

  /** Adds the table, and a sentence on where its figures are from. */
  static void add(Page page, Measurement measured) {
    boolean two = measured.labels().size() == 2;
    List<List<String>> rows = new ArrayList<>();
    part(rows, "training", measured.train(), measured.baselines(), Baselines.Parts::train, two);
    part(rows, "held-out", measured.valid(), measured.baselines(), Baselines.Parts::valid, two);
    part(rows, "test", measured.test(), measured.baselines(), Baselines.Parts::test, two);
    page.grid("Scores", two ? TWO_VALUES : NUMBERS, rows, note(measured, two));
  }

  private static void part(
      List<List<String>> rows,
      String name,
      PartMetrics network,
      Baselines baselines,
      java.util.function.Function<Baselines.Parts, PartMetrics> of,
      boolean two) {
    if (network == null) {
      return;
    }
    rows.add(cells(name, "network", network, two));
    if (baselines != null) {
      if (baselines.ridge() != null) {
        rows.add(cells(name, "ridge regression", of.apply(baselines.ridge().parts()), two));
      }
      rows.add(cells(name, "constant", of.apply(baselines.constant()), two));
    }
  }

  private static List<String> cells(String rows, String model, PartMetrics own, boolean two) {
    List<String> cells = new ArrayList<>(List.of(rows, model, Numbers.text(own.metrics().mse())));
    if (!two) {
      cells.add(Numbers.text(own.r2()));
      return cells;
    }
    cells.add(Numbers.percent(own.metrics().accuracy()));
    cells.add(Numbers.text(own.auc()));
    cells.add(Numbers.text(own.logLoss()));
    Confusion sides = own.confusion();
    for (Double count :
        sides == null
            ? new Double[4]
            : new Double[] {
              sides.truePositives(),
              sides.falsePositives(),
              sides.falseNegatives(),
              sides.trueNegatives()
            }) {
      cells.add(Numbers.text(count));
    }
    return cells;
  }

  private static String note(Measurement measured, boolean two) {
    StringBuilder note = new StringBuilder();
    if (measured.baselines() != null && measured.baselines().ridge() != null) {
      Baselines.Linear ridge = measured.baselines().ridge();
      note.append("The penalty of the ridge regression, ")
          .append(Numbers.text(ridge.penalty()))
          .append(", was chosen by ")
          .append(ridge.chosenBy().equals("validMse") ? "the held-out rows" : "leaving one out")
          .append(". ");
    }
    if (two) {
      CalibrationSummary own = measured.calibration();
      note.append("Accuracy is that of the threshold 0; + is the larger label, predicted from a")
          .append(" score of ")
          .append(own == null ? "0" : Numbers.text(own.threshold()))
          .append(" on.");
      if (own != null && own.slope() != null) {
        note.append(" Probabilities are scaled on ")
            .append(own.fittedOn())
            .append(own.measuredOn().equals(own.fittedOn()) ? "; no other rows check them." : ".");
      }
    }
    return note.toString();
  }
}
