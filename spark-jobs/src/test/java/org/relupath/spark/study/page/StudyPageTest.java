package org.relupath.spark.study.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Markup;

class StudyPageTest {

  private static double[] numbers(int count, double from, double to) {
    double[] numbers = new double[count];
    for (int k = 0; k < count; k++) {
      numbers[k] = from + (to - from) * k / Math.max(1, count - 1);
    }
    return numbers;
  }

  private static Band band(double[] mean, double width) {
    return new Band(
        mean,
        Arrays.stream(mean).map(v -> v - width).toArray(),
        Arrays.stream(mean).map(v -> v + width).toArray());
  }

  private static StudyCurve curve(String dataSet, String name, int lambdas, boolean accuracy) {
    double[] logs = numbers(lambdas, 0, -2);
    int best = lambdas - 1;
    return new StudyCurve(
        dataSet,
        name,
        Arrays.stream(logs).map(log -> Math.pow(10, log)).toArray(),
        band(numbers(lambdas, 1, 0.25), 0.05),
        band(numbers(lambdas, 1, 0), 0.0),
        accuracy ? band(numbers(lambdas, 0.6, 0.9), 0.02) : null,
        band(numbers(lambdas, 0, 40), 3),
        best,
        best / 2,
        0.0123,
        name.startsWith("relu"));
  }

  private static StudyPage report(int lambdas, long missed) {
    List<StudyCurve> curves = new ArrayList<>();
    for (String dataSet : List.of("one & two", "three")) {
      for (String name : List.of("relu, 50 gates", "gated, 50 gates")) {
        curves.add(curve(dataSet, name, lambdas, dataSet.equals("three")));
      }
    }
    return new StudyPage(
        "a <title>",
        List.of(new KeyFigure("folds", "5")),
        60,
        60L * lambdas,
        missed,
        8.1e-4,
        1e-3,
        curves,
        List.of());
  }

  @Test
  void chartsForEveryDataSet() throws Exception {
    String html = report(20, 0).html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h2"))
        .containsExactly("Study", "What to choose", "one & two", "three", "Run");
    assertThat(page.texts("h3"))
        .containsExactly(
            "Held-out error",
            "Training error",
            "Width",
            "Held-out error",
            "Training error",
            "Held-out accuracy",
            "Width");
    for (JsonNode chart : page.charts()) {
      assertThat(chart.toString()).contains("relu, 50 gates", "gated, 50 gates", "λ / λ_max");
    }
    assertThat(page.data().get("steps")).hasSize(20);
    assertThat(page.texts("p").get(2))
        .startsWith(
            "one & two: relu, 50 gates. The smallest mean held-out error of all, 0.25 ± 0.012")
        .contains("smallest λ of the grid");
    assertThat(page.texts("p").get(1))
        .startsWith("Certified. For each of the 1200 networks")
        .contains("at most 8.1e-4 of their own objectives");
    assertThat(report(20, 0).html()).isEqualTo(html);
  }

  @Test
  void theTableSaysWhatToChoose() throws Exception {
    Markup page = Markup.parse(report(21, 0).html());
    assertThat(page.all("tr").get(1).getTextContent())
        .isEqualTo(
            "one & two"
                + "relu, 50 gates"
                + "0.01"
                + "0.25 ± 0.012"
                + "–"
                + "40"
                + "0.1"
                + "0.625"
                + "20"
                + "yes");
    assertThat(page.all("tr").get(4).getTextContent())
        .isEqualTo(
            "three"
                + "gated, 50 gates"
                + "0.01"
                + "0.25 ± 0.012"
                + "90 %"
                + "40"
                + "0.1"
                + "0.625"
                + "20");
  }

  @Test
  void aMissedToleranceIsSaid() throws Exception {
    assertThat(Markup.parse(report(20, 3).html()).texts("p").get(1))
        .startsWith("Certified, but loosely.")
        .contains("3 of them miss the tolerance 0.001");
  }

  @Test
  void oneLambdaIsEnough() throws Exception {
    Markup page = Markup.parse(report(1, 0).html()).assertSelfContained();
    assertThat(page.texts("h3")).hasSize(7);
    assertThat(page.data().has("steps")).isFalse();
  }

  /** Along one lambda no path is drawn; tables and curves of optimal networks follow. */
  @Test
  void optimalNetworksOfEverySplit() throws Exception {
    StudyPage study = report(1, 0);
    PrunedChart pruned =
        new PrunedChart(
            "test accuracy",
            true,
            List.of(
                new PrunedChart.Line(
                    "magnitude", numbers(11, 10, 0), band(numbers(11, 0.9, 0.5), 0.02)),
                new PrunedChart.Line(
                    "residual, corrected by dependency",
                    numbers(11, 10, 0),
                    band(numbers(11, 0.9, 0.6), 0.01))));
    String html =
        new StudyPage(
                study.title(),
                study.figures(),
                5,
                5,
                0,
                8.1e-4,
                1e-3,
                study.curves(),
                List.of(
                    new OptimalSection(
                        "three & four",
                        List.of(
                            List.of(
                                "all blocks",
                                "20",
                                "21",
                                "1",
                                "0",
                                "4 of 5",
                                "19",
                                "5 of 5",
                                "0.2")),
                        "test accuracy",
                        List.of(List.of("min_l2", "68 % [66 %, 70 %]", "–", "67 %")),
                        "a <note>",
                        pruned)))
            .html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h2"))
        .containsExactly(
            "Study",
            "What to choose",
            "three & four: optimal networks",
            "three & four: test accuracy",
            "three & four: pruning",
            "Run");
    assertThat(page.charts()).hasSize(1);
    assertThat(page.series("pruned-0"))
        .containsOnlyKeys("magnitude", "residual, corrected by dependency");
    assertThat(html).contains("68 % [66 %, 70 %]", "a &lt;note&gt;");
  }
}
