package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Markup;
import org.relupath.spark.report.Numbers;

class PathPageTest {

  @Test
  void everyChartMarksTheChosenLambda() throws Exception {
    PathReport report = PathSamples.path(20, 12);
    Markup page = Markup.parse(PathPage.html(report)).assertSelfContained();
    assertThat(page.texts("h3"))
        .containsExactly(
            "Block norms along the path",
            "Objective",
            "Certified gap",
            "Error",
            "Accuracy",
            "Width of the network");
    String label = "chosen λ = " + Numbers.text(report.chosen().lambda());
    for (var svg : page.all("svg")) {
      assertThat(svg.getTextContent()).contains(label);
      assertThat(svg.getTextContent()).contains("λ, the regularization (log scale");
    }
    assertThat(page.all("svg")).hasSize(6);
    assertThat(page.texts("dd")).contains("sonar.csv", "208", "3e-9");
  }

  @Test
  void largeLambdasAreAtTheLeft() throws Exception {
    Markup page = Markup.parse(PathPage.html(PathSamples.path(20, 12)));
    assertThat(x(page, "100")).isLessThan(x(page, "10"));
    assertThat(x(page, "10")).isLessThan(x(page, "2"));
  }

  private static double x(Markup page, String tick) {
    return page.all("text").stream()
        .filter(text -> text.getTextContent().equals(tick))
        .mapToDouble(text -> Double.parseDouble(text.getAttribute("x")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sameReportSameBytes() {
    assertThat(PathPage.html(PathSamples.path(30, 50)))
        .isEqualTo(PathPage.html(PathSamples.path(30, 50)));
  }

  @Test
  void oneLambda() throws Exception {
    Markup page = Markup.parse(PathPage.html(PathSamples.path(1, 3))).assertSelfContained();
    assertThat(page.all("svg")).hasSize(6);
    assertThat(page.text()).doesNotContain("missing\">");
  }

  @Test
  void noActiveBlockAnywhere() throws Exception {
    Markup page = Markup.parse(PathPage.html(PathSamples.path(9, 0))).assertSelfContained();
    assertThat(page.texts("figcaption").get(0)).startsWith("Every network of this path is zero");
    assertThat(page.texts("figcaption").get(2)).contains("9 gaps below 1e-16");
    assertThat(page.texts("p").toString()).contains("at most rounding");
  }

  @Test
  void nothingHeldOut() throws Exception {
    PathReport full = PathSamples.path(9, 5);
    List<PathPoint> bare = full.points().stream().map(PathSamples::bare).toList();
    Markup page =
        Markup.parse(PathPage.html(PathSamples.path(bare, full.blockNorms())))
            .assertSelfContained();
    assertThat(page.all("svg")).hasSize(5);
    assertThat(page.texts("figcaption").get(3)).contains("there are no held-out rows");
    assertThat(page.texts("dt")).contains("training MSE").doesNotContain("held-out MSE");
  }

  @Test
  void twoThousandBlocksAreFortyLines() throws Exception {
    String html = PathPage.html(PathSamples.path(40, 2000));
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("figcaption").get(0))
        .startsWith("The 40 blocks of largest norm, of 2000 that are active anywhere");
    assertThat(html.length()).isLessThan(600_000);
  }

  @Test
  void interpolatedPointsAreCountedAndTheirRowsSaySo() throws Exception {
    Markup page = Markup.parse(PathPage.html(PathSamples.path(9, 5)));
    assertThat(page.texts("figcaption").get(2)).contains("the 3 rings are certified interpol");
    assertThat(page.texts("td").stream().filter("interpolated"::equals)).hasSize(3);
  }

  @Test
  void aMissedToleranceIsSaid() throws Exception {
    PathReport report = PathSamples.path(9, 5);
    PathReport strict =
        new PathReport(
            report.title(),
            report.figures(),
            Model.GATED,
            true,
            1e-10,
            PathSamples.global(1e-9),
            report.points(),
            4,
            "hand",
            report.blockNorms());
    Markup page = Markup.parse(PathPage.html(strict)).assertSelfContained();
    assertThat(page.texts("p").get(1))
        .startsWith("Certified, but loosely.")
        .contains("7 of 9 λ miss the tolerance 1e-10")
        .doesNotContain("any width");
  }

  @Test
  void namesAreText() throws Exception {
    String name = "<script src='http://x'>&\"\u0000";
    PathReport report = PathSamples.path(3, 2);
    PathReport named =
        new PathReport(
            name,
            List.of(new KeyFigure(name, name)),
            Model.RELU,
            false,
            1e-8,
            PathSamples.global(1e-9),
            report.points(),
            0,
            name,
            report.blockNorms());
    Markup page = Markup.parse(PathPage.html(named));
    String shown = name.replace('\u0000', '\uFFFD');
    assertThat(page.texts("h1")).containsExactly(shown);
    assertThat(page.texts("p").get(1)).contains("no network of any width is better by more than");
    assertThat(page.texts("dd")).contains(shown);
    assertThat(page.all("script")).isEmpty();
  }

  @Test
  void positionsAreChecked() {
    PathReport report = PathSamples.path(3, 2);
    assertThatThrownBy(() -> PathSamples.path(List.of(), List.of()))
        .hasMessage("points is empty, expected at least one lambda");
    assertThatThrownBy(
            () -> PathSamples.path(report.points(), List.of(new BlockNorm(3, 0, 1, 1.0))))
        .hasMessage("lambdaIndex is 3, expected below 3");
  }
}
