package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.spark.report.Markup;

class FitPageTest {

  @Test
  void twoLabelsMakeHistograms() throws Exception {
    FitPage report = PathSamples.fit(12, 300, List.of("M & co", "<R>"));
    Markup page = Markup.parse(report.html()).assertSelfContained();
    assertThat(page.texts("h3"))
        .startsWith(
            "Neurons",
            "Scores of training rows",
            "ROC of training rows",
            "Scores of held-out rows",
            "ROC of held-out rows");
    assertThat(page.charts().at("/training/series").findValuesAsText("name"))
        .containsExactly("label M & co", "label <R>");
    assertThat(page.charts().at("/neurons/series").findValuesAsText("name"))
        .containsExactly("output sign +", "output sign −");
    assertThat(page.texts("dd")).contains("12.5", "3e-9", "80 %");
  }

  @Test
  void numbersMakeAScatterOfSomeRows() throws Exception {
    FitPage report = PathSamples.fit(200, 10_000, List.of());
    String html = report.html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3"))
        .startsWith("Neurons", "Predictions on training rows", "Residuals on training rows");
    assertThat(page.texts("figcaption"))
        .anyMatch(caption -> caption.startsWith("The 100 neurons of largest norm, of 200"))
        .anyMatch(caption -> caption.startsWith("1429 of 10000 training rows, one in 7."));
    assertThat(html.length()).isLessThan(1_000_000);
    assertThat(report.html()).isEqualTo(html);
  }

  @Test
  void theZeroNetwork() throws Exception {
    Markup page = Markup.parse(PathSamples.fit(0, 1, List.of()).html()).assertSelfContained();
    assertThat(page.texts("figcaption").get(0)).startsWith("The network is zero");
  }
}
