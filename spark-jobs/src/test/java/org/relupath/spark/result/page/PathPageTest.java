package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Markup;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.SolvedPath;

class PathPageTest {

  @Test
  void everyChartMarksTheChosenLambda() throws Exception {
    PathPage report = PathSamples.path(20, 12);
    Markup page = Markup.parse(report.html()).assertSelfContained();
    assertThat(page.texts("h3"))
        .containsExactly(
            "Block norms along the path",
            "Objective",
            "Certified gap",
            "Error",
            "Accuracy",
            "Width of the network",
            "Features along the path",
            "Features at the λ of the slider",
            "Neuron 3: adds",
            "Neuron 2: subtracts",
            "Neuron 1: adds");
    String label = "chosen λ = " + Numbers.text(report.chosen().lambda());
    for (JsonNode chart : page.charts()) {
      if (chart.has("lambda")) {
        assertThat(chart.at("/marks/0/name").asText()).isEqualTo(label);
        assertThat(chart.at("/marks/0/xAxis").asDouble())
            .isCloseTo(report.chosen().lambda(), withinPercentage(1e-4));
        assertThat(chart.at("/xAxis/name").asText()).startsWith("λ, the regularization (log scale");
        assertThat(chart.at("/xAxis/inverse").asBoolean()).isTrue();
      }
    }
    assertThat(page.charts()).hasSize(8);
    assertThat(page.texts("dd")).contains("sonar.csv", "208", "3e-9");
  }

  /**
   * A step of the slider says what the row of its lambda says, and has the features of its network.
   */
  @Test
  void theSliderHasEveryLambda() throws Exception {
    PathPage report = PathSamples.path(20, 12);
    Markup page = Markup.parse(report.html());
    JsonNode steps = page.data().get("steps");
    assertThat(steps).hasSize(20);
    for (int k = 0; k < 20; k++) {
      PathRow row = report.rows().get(k);
      assertThat(steps.get(k).get("lambda").asDouble())
          .isCloseTo(row.lambda(), withinPercentage(1e-4));
      assertThat(steps.get(k).get("figures").toString())
          .contains("[\"objective\",\"" + Numbers.text(row.objective()) + "\"]")
          .contains("[\"neurons\",\"" + row.neurons() + "\"]");
    }
    JsonNode bars = page.charts().at("/features-at/series/0");
    assertThat(bars.get("frames")).hasSize(20);
    assertThat(bars.get("data")).isEqualTo(bars.get("frames").get(19));
    // Neurons 1, 3, 5, ... of 12 take in the radius: 1 + 3 + ... + 11; the others the texture.
    assertThat(bars.get("data")).hasToString("[36.0,42.0]");
    assertThat(page.charts().at("/features-at/yAxis/data")).hasToString("[\"radius\",\"texture\"]");
  }

  @Test
  void eventsAreListed() throws Exception {
    Markup page = Markup.parse(PathSamples.path(5, 4).html());
    assertThat(page.texts("summary"))
        .contains("Events along the path: where neurons enter and leave");
    assertThat(page.texts("td")).containsSubsequence("100", "80", "1", "0", "0", "–");
  }

  @Test
  void sameReportSameBytes() {
    assertThat(PathSamples.path(30, 50).html()).isEqualTo(PathSamples.path(30, 50).html());
  }

  @Test
  void oneLambda() throws Exception {
    Markup page = Markup.parse(PathSamples.path(1, 3).html()).assertSelfContained();
    assertThat(page.charts()).hasSize(8);
  }

  @Test
  void noActiveBlockAnywhere() throws Exception {
    Markup page = Markup.parse(PathSamples.path(9, 0).html()).assertSelfContained();
    assertThat(page.texts("figcaption").get(0)).startsWith("Every network of this path is zero");
    assertThat(page.texts("figcaption").get(2)).contains("9 gaps below 1e-16");
    assertThat(page.texts("p").toString()).contains("at most rounding");
  }

  @Test
  void nothingHeldOut() throws Exception {
    PathPage full = PathSamples.path(9, 5);
    List<PathRow> bare =
        full.rows().stream()
            .map(row -> PathSamples.row(row.lambda(), row.activeBlocks(), row.solved(), true))
            .toList();
    PathPage some = PathSamples.path(bare, full.solved().points());
    Markup page = Markup.parse(some.html()).assertSelfContained();
    assertThat(page.charts()).hasSize(7);
    assertThat(page.texts("figcaption").get(3)).contains("there are no held-out rows");
    assertThat(page.texts("dt")).contains("training MSE").doesNotContain("held-out MSE");
  }

  @Test
  void twoThousandBlocksAreFortyLines() throws Exception {
    String html = PathSamples.path(40, 2000).html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("figcaption").get(0))
        .startsWith("The 40 blocks of largest norm, of 2000 that are active anywhere");
    assertThat(page.charts().at("/norms/series")).hasSize(40);
    assertThat(html.length()).isLessThan(1_000_000);
  }

  @Test
  void interpolatedPointsAreCountedAndTheirRowsSaySo() throws Exception {
    Markup page = Markup.parse(PathSamples.path(9, 5).html());
    assertThat(page.texts("figcaption").get(2)).contains("the 3 rings are certified interpol");
    assertThat(page.texts("td").stream().filter("interpolated"::equals)).hasSize(3);
  }

  @Test
  void aMissedToleranceIsSaid() throws Exception {
    PathPage report = PathSamples.path(9, 5);
    PathPage strict =
        new PathPage(
            report.title(),
            report.figures(),
            LossScaling.MEAN,
            SolvedPath.ofGrid(report.solved().points(), 1e-10),
            PathSamples.global(1e-9),
            report.rows(),
            new LambdaSelection(4, "hand", 0, true),
            report.networks(),
            null,
            List.of("a warning"),
            null);
    Markup page = Markup.parse(strict.html()).assertSelfContained();
    assertThat(page.texts("p").get(1))
        .startsWith("Certified, but loosely.")
        .contains("7 of 9 λ miss the tolerance 1e-10")
        .doesNotContain("any width");
    assertThat(page.texts("p").get(2)).isEqualTo("Note. a warning.");
  }

  @Test
  void namesAreText() throws Exception {
    String name = "<script src='http://x'>&\"\u0000";
    PathPage report = PathSamples.path(3, 2);
    PathPage named =
        new PathPage(
            name,
            List.of(new KeyFigure(name, name)),
            LossScaling.SUM,
            report.solved(),
            PathSamples.global(1e-9),
            report.rows(),
            new LambdaSelection(0, name, 0, true),
            report.networks(),
            null,
            List.of(name),
            null);
    Markup page = Markup.parse(named.html());
    String shown = name.replace('\u0000', '\uFFFD');
    assertThat(page.texts("h1")).containsExactly(shown);
    assertThat(page.texts("p").get(1)).contains("no network of any width is better by more than");
    assertThat(page.texts("dd")).contains(shown);
    assertThat(page.all("script")).hasSize(4);
  }
}
