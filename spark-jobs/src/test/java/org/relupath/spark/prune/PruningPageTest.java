package org.relupath.spark.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.program.Model;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.NetworkMetrics;
import org.relupath.spark.optimal.SetSamples;
import org.relupath.spark.report.Markup;
import org.w3c.dom.Element;

class PruningPageTest {

  @Test
  void aChartForEveryMeasureAndCorrection() throws Exception {
    String html = PruningPage.html(SetSamples.pruning(40, 22, true));
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3"))
        .containsExactly(
            "Objective, correction: none",
            "Objective, correction: objective",
            "Training MSE, correction: none",
            "Training MSE, correction: objective",
            "Held-out MSE, correction: none",
            "Held-out MSE, correction: objective",
            "Training accuracy, correction: none",
            "Training accuracy, correction: objective",
            "Held-out accuracy, correction: none",
            "Held-out accuracy, correction: objective");
    for (Element svg : page.all("svg")) {
      assertThat(svg.getTextContent()).contains("minimal: 22", "magnitude", "residual", "random");
    }
    assertThat(page.texts("p").get(1))
        .startsWith("22 neurons are enough.")
        .contains("from 40 to 22 neurons; it changed the objective by 3e-15 of itself")
        .contains("No optimal network with these activation patterns is smaller");
    assertThat(PruningPage.html(SetSamples.pruning(40, 22, true))).isEqualTo(html);
  }

  @Test
  void smallestWidthsAreThoseOfTheLines() throws Exception {
    Markup page = Markup.parse(PruningPage.html(SetSamples.pruning(40, 22, false)));
    Element row =
        page.all("tr").stream()
            .filter(tr -> tr.getTextContent().startsWith("residualobjective"))
            .findFirst()
            .orElseThrow();
    // Of 4 ((22 - k) / 22)^5 <= .001, .01, .05, .2 the smallest k.
    assertThat(row.getTextContent())
        .isEqualTo("residual" + "objective" + "22" + "18" + "16" + "13" + "10");
  }

  @Test
  void nothingToSpareAndNothingProven() throws Exception {
    PruningReport report =
        new PruningReport(
            "a <title>",
            List.of(),
            Model.GATED,
            1,
            2,
            1,
            1,
            0,
            false,
            "the search ended",
            List.of());
    Markup page = Markup.parse(PruningPage.html(report)).assertSelfContained();
    assertThat(page.texts("p").get(1))
        .startsWith("1 neuron is enough.")
        .contains("no neuron to spare")
        .contains("is not proven: the search ended.");
    assertThat(page.all("svg")).isEmpty();
  }

  @Test
  void theZeroNetworkAndAnOptimumOfZero() throws Exception {
    NetworkMetrics none = new NetworkMetrics(new Metrics(0, null), null, null);
    PruningReport report =
        new PruningReport(
            "zero",
            List.of(),
            Model.RELU,
            1,
            0,
            0,
            0,
            0,
            true,
            "zero is optimal",
            List.of(
                new PruningLine(
                    "magnitude",
                    "none",
                    List.of(new PruningRow("magnitude", "none", 0, 0, true, none)))));
    Markup page = Markup.parse(PruningPage.html(report)).assertSelfContained();
    assertThat(page.text()).doesNotContain("missing\">");
  }

  @Test
  void longTablesAreThinnedOutAndSaidSo() throws Exception {
    String html = PruningPage.html(SetSamples.pruning(500, 300, true));
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("summary").get(0))
        .matches("\\d+ of 5010 networks as a table; pruning.csv has all");
    assertThat(html.length()).isLessThan(1_000_000);
  }

  @Test
  void widthsFall() {
    NetworkMetrics none = new NetworkMetrics(null, null, null);
    PruningRow one = new PruningRow("m", "none", 1, 1, false, none);
    assertThatThrownBy(() -> new PruningLine("m", "none", List.of(one, one)))
        .hasMessage("pruning by m goes from 1 to 1 neurons, expected fewer");
    assertThatThrownBy(() -> new PruningLine("m", "none", List.of()))
        .hasMessage("pruning by m has no points, expected at least one");
    assertThatThrownBy(() -> new PruningRow("m", "none", -1, 1, false, none))
        .hasMessage("neurons is -1, expected >= 0");
  }
}
