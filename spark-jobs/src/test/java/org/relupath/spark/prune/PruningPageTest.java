package org.relupath.spark.prune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.program.Model;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.spark.optimal.SetSamples;
import org.relupath.spark.report.Markup;
import org.w3c.dom.Element;

class PruningPageTest {

  @Test
  void aChartForEveryMeasure() throws Exception {
    String html = SetSamples.pruning(40, 22, true).html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3"))
        .containsExactly(
            "Objective",
            "Training MSE",
            "Held-out MSE",
            "Training accuracy",
            "Held-out accuracy",
            "Objective, correction: none",
            "Objective, correction: objective");
    for (JsonNode chart : page.charts()) {
      assertThat(chart.toString()).contains("minimal: 22");
    }
    assertThat(page.series("objective")).containsOnlyKeys("no correction", "objective");
    assertThat(page.series("methods-1"))
        .containsOnlyKeys("magnitude", "gradient", "activation", "residual", "random");
    // A click on a chart keeps a row of the table: each point names its own.
    JsonNode line = page.series("held-out-MSE").get("objective");
    List<String> rows = page.texts("tr").stream().filter(row -> row.startsWith("0.125")).toList();
    for (int i = 0; i < line.get("data").size(); i++) {
      int neurons = line.get("data").get(i).get(0).asInt();
      assertThat(rows.get(line.get("rows").get(i).asInt()))
          .matches(
              "0\\.125(residual|magnitude|gradient|activation|random)objective" + neurons + ".*");
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
            List.of(
                SetSamples.pruned(
                    SetSamples.polished(1), 1, 0, SmallestNetwork.Proof.SEARCH, List.of())),
            0);
    Markup page = Markup.parse(report.html()).assertSelfContained();
    assertThat(page.texts("p").get(1))
        .startsWith("1 neuron is enough.")
        .contains("no neuron to spare")
        .contains("is not proven: the smallest that several prunings found.");
    assertThat(page.charts()).isEmpty();
  }

  @Test
  void theZeroNetworkAndAnOptimumOfZero() throws Exception {
    PruningPage report =
        new PruningPage(
            "zero",
            List.of(),
            Model.RELU,
            List.of(
                SetSamples.pruned(
                    SetSamples.polished(1, 0, 0),
                    0,
                    0,
                    SmallestNetwork.Proof.UNIQUE,
                    List.of(row(0)))),
            0);
    Markup page = Markup.parse(report.html()).assertSelfContained();
    assertThat(page.series("objective").get("no correction").get("data")).hasSize(1);
  }

  @Test
  void longTablesAreThinnedOutAndSaidSo() throws Exception {
    String html = SetSamples.pruning(500, 300, true).html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("summary").get(1))
        .isEqualTo("1010 of 5010 networks as a table; pruning.csv has all");
    assertThat(page.series("methods-0").get("magnitude").get("data")).hasSize(101);
    assertThat(html.length()).isLessThan(1_500_000);
  }

  /** One slider for all lambdas of a path; each has its own part, of which one is seen. */
  @Test
  void everyLambdaOfAPath() throws Exception {
    PruningPage one = SetSamples.pruning(12, 7, true);
    PruningResult found = one.results().get(0);
    PruningResult none =
        SetSamples.pruned(
            SetSamples.polished(0.5, 20, 0), 0, 0, SmallestNetwork.Proof.UNIQUE, List.of(row(0)));
    PruningPage both = new PruningPage("path", List.of(), Model.RELU, List.of(none, found), 1);
    Markup page = Markup.parse(both.html()).assertSelfContained();
    List<Element> parts =
        page.all("section").stream().filter(part -> part.hasAttribute("data-step")).toList();
    assertThat(parts).extracting(part -> part.hasAttribute("hidden")).containsExactly(true, false);
    assertThat(parts.get(1).getTextContent()).contains("7 neurons are enough.");
    assertThat(page.data().get("steps"))
        .extracting(step -> step.get("lambda").asDouble())
        .containsExactly(0.5, 0.125);
    assertThat(page.series("widths").get("after exact pruning").get("data"))
        .hasToString("[[0.5,0.0],[0.125,7.0]]");
    assertThat(page.series("methods-0-0")).containsOnlyKeys("m");
    assertThat(page.series("methods-0-1")).containsKeys("magnitude", "random");
  }

  private static PruningRow row(int neurons) {
    return new PruningRow("m", "none", neurons, 0, 0.0, null, null, null, null, null, true);
  }
}
