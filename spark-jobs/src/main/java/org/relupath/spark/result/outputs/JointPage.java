package org.relupath.spark.result.outputs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.data.Label;
import org.relupath.core.solve.Status;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.data.Part;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/** report.html of a run of several outputs: what they are together; each has a page of its own. */
public final class JointPage {
  private static final List<String> OUTPUTS =
      List.of(
          "output",
          "status",
          "λ",
          "objective",
          "relative gap",
          "gap to all networks",
          "neurons",
          "training MSE",
          "held-out MSE",
          "test MSE",
          "its page");

  private static final List<String> LAMBDAS =
      List.of(
          "λ",
          "objective",
          "relative gap",
          "neurons",
          "training MSE",
          "held-out MSE",
          "training accuracy",
          "held-out accuracy");

  private static final List<String> SCORES = List.of("rows", "model", "MSE", "accuracy");

  private JointPage() {}

  /**
   * The page, whole: one html file.
   *
   * @param title heading, such as the name of the data set; plain text
   * @param lambdas of a path on one grid; else empty
   */
  public static String html(
      String title, JointSummary summary, OutputRows rows, List<JointRow> lambdas) {
    Page page =
        new Page(Page.kind("Certified ", "s of several outputs", summary.model()), title)
            .cards("Network", cards(summary))
            .verdict(
                summary.status() == Status.OPTIMAL ? "Proven." : "Not proven.",
                "Every output has a certificate of its own, over the patterns of its program; the"
                    + " largest relative gap is "
                    + Numbers.text(summary.relativeGap(), 3)
                    + ".",
                summary.status() == Status.OPTIMAL)
            .grid("Outputs", OUTPUTS, outputs(summary), "Lambda: " + summary.chosenBy() + ".")
            .grid(
                "Scores",
                SCORES,
                scores(summary.measured()),
                "MSE is the mean over outputs"
                    + (rows.classes().isEmpty()
                        ? "."
                        : ", against -1 and +1; predicted is the class of the largest score."));
    JointMetrics held = summary.measured().network().heldOut();
    JointMetrics shown = held == null ? summary.measured().network().train() : held;
    if (shown.confusion() != null) {
      page.grid(
          "Classes",
          columns(rows.names()),
          confusion(rows.names(), shown.confusion()),
          "Rows by class, and in columns by predicted class: of "
              + (summary.measured().network().test() != null
                  ? "test"
                  : held == null ? "training" : "held-out")
              + " rows.");
    }
    if (!lambdas.isEmpty()) {
      List<Integer> chosen =
          summary.outputs().stream().map(OutputSummary::lambdaIndex).distinct().toList();
      page.rows(
          "All " + lambdas.size() + " lambdas",
          LAMBDAS,
          lambdas.stream().map(JointPage::cells).toList(),
          chosen.size() > 1 || chosen.get(0) == null ? -1 : chosen.get(0));
    }
    return page.html();
  }

  private static List<KeyFigure> cards(JointSummary summary) {
    List<KeyFigure> cards = new ArrayList<>();
    cards.add(KeyFigure.of("outputs", summary.outputs().size()));
    cards.add(KeyFigure.of("objective", summary.objective()));
    cards.add(new KeyFigure("relative gap", Numbers.text(summary.relativeGap(), 3)));
    cards.add(KeyFigure.of("neurons", summary.neurons()));
    JointMeasurement.Parts own = summary.measured().network();
    cards.add(accuracy("training accuracy", own.train()));
    cards.add(accuracy("held-out accuracy", own.valid()));
    cards.add(accuracy("test accuracy", own.test()));
    cards.removeIf(card -> card.value().equals(Numbers.NONE));
    return cards;
  }

  private static KeyFigure accuracy(String name, JointMetrics own) {
    return new KeyFigure(name, Numbers.percent(own == null ? null : own.accuracy()));
  }

  private static List<List<String>> outputs(JointSummary summary) {
    return summary.outputs().stream()
        .map(
            own ->
                List.of(
                    own.name(),
                    Label.of(own.status()),
                    Numbers.text(own.lambda()),
                    Numbers.text(own.objective()),
                    Numbers.text(own.relativeGap(), 3),
                    Numbers.text(own.gapToGlobal()),
                    Integer.toString(own.neurons()),
                    Numbers.text(own.train().mse()),
                    Numbers.text(own.valid() == null ? null : own.valid().mse()),
                    Numbers.text(own.test() == null ? null : own.test().mse()),
                    own.folder() + "/report.html"))
        .toList();
  }

  private static List<List<String>> scores(JointMeasurement measured) {
    List<List<String>> rows = new ArrayList<>();
    for (Part part : Part.values()) {
      add(rows, "network", part, measured.network());
      add(rows, "ridge regression", part, measured.baselines().ridge());
      add(rows, "constant", part, measured.baselines().constant());
    }
    return rows;
  }

  private static void add(
      List<List<String>> rows, String model, Part part, JointMeasurement.Parts parts) {
    JointMetrics own = parts == null ? null : parts.of(part);
    if (own != null) {
      rows.add(
          List.of(
              part.of("training", "held-out", "test"),
              model,
              Numbers.text(own.mse()),
              Numbers.percent(own.accuracy())));
    }
  }

  private static List<String> columns(List<String> names) {
    List<String> columns = new ArrayList<>(List.of("class"));
    columns.addAll(names);
    return columns;
  }

  private static List<List<String>> confusion(List<String> names, double[][] counts) {
    return IntStream.range(0, names.size())
        .mapToObj(
            k -> {
              List<String> cells = new ArrayList<>(List.of(names.get(k)));
              for (double count : counts[k]) {
                cells.add(Numbers.text(count));
              }
              return cells;
            })
        .toList();
  }

  private static List<String> cells(JointRow row) {
    return List.of(
        Numbers.text(row.lambda()),
        Numbers.text(row.objective()),
        Numbers.text(row.relativeGap(), 3),
        Integer.toString(row.neurons()),
        Numbers.text(row.trainMse()),
        Numbers.text(row.validMse()),
        Numbers.percent(row.trainAccuracy()),
        Numbers.percent(row.validAccuracy()));
  }
}
