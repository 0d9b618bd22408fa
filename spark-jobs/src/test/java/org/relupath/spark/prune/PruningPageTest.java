package org.relupath.spark.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.program.Model;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.spark.optimal.SetSamples;
import org.relupath.spark.report.Markup;
import org.w3c.dom.Element;

class PruningPageTest {

  @Test
  void aChartForEveryMeasureAndCorrection() throws Exception {
    String html = SetSamples.pruning(40, 22, true).html();
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
    assertThat(SetSamples.pruning(40, 22, true).html()).isEqualTo(html);
  }

  @Test
  void smallestWidthsAreThoseOfTheLines() throws Exception {
    Markup page = Markup.parse(SetSamples.pruning(40, 22, false).html());
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
    PruningPage report =
        new PruningPage(
            "a <title>",
            List.of(),
            Model.GATED,
            SetSamples.pruned(
                SetSamples.polished(1), 1, 0, SmallestNetwork.Proof.SEARCH, List.of()));
    Markup page = Markup.parse(report.html()).assertSelfContained();
    assertThat(page.texts("p").get(1))
        .startsWith("1 neuron is enough.")
        .contains("no neuron to spare")
        .contains("is not proven: the smallest that several prunings found.");
    assertThat(page.all("svg")).isEmpty();
  }

  @Test
  void theZeroNetworkAndAnOptimumOfZero() throws Exception {
    PruningPage report =
        new PruningPage(
            "zero",
            List.of(),
            Model.RELU,
            SetSamples.pruned(
                SetSamples.polished(1, 0, 0), 0, 0, SmallestNetwork.Proof.UNIQUE, List.of(row(0))));
    Markup page = Markup.parse(report.html()).assertSelfContained();
    assertThat(page.text()).doesNotContain("missing\">");
  }

  @Test
  void longTablesAreThinnedOutAndSaidSo() throws Exception {
    String html = SetSamples.pruning(500, 300, true).html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("summary").get(0))
        .matches("\\d+ of 5010 networks as a table; pruning.csv has all");
    assertThat(html.length()).isLessThan(1_000_000);
  }

  private static PruningRow row(int neurons) {
    return new PruningRow("m", "none", neurons, 0, 0.0, null, null, null, null, null, true);
  }
}
