package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Html;
import org.relupath.spark.report.Markup;

class FitPageTest {

  @Test
  void twoLabelsMakeHistograms() throws Exception {
    FitPage report = PathSamples.fit(12, 300, List.of("M & co", "<R>"));
    Markup page = Markup.parse(report.html()).assertSelfContained();
    assertThat(page.texts("h3"))
        .containsExactly("Neurons", "Scores of training rows", "Scores of held-out rows");
    assertThat(page.texts("text")).contains("label M & co", "label <R>", "output sign −");
    assertThat(page.texts("dd")).contains("12.5", "3e-9", "80 %");
  }

  @Test
  void numbersMakeAScatterOfSomeRows() throws Exception {
    FitPage report = PathSamples.fit(200, 10_000, List.of());
    String html = report.html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3")).containsExactly("Neurons", "Predictions on training rows");
    assertThat(page.texts("figcaption"))
        .anyMatch(caption -> caption.startsWith("The 100 neurons of largest norm, of 200"))
        .anyMatch(caption -> caption.startsWith("1429 of 10000 training rows, every 7th."));
    assertThat(html.length()).isLessThan(600_000);
    assertThat(report.html()).isEqualTo(html);
  }

  @Test
  void theZeroNetwork() throws Exception {
    Markup page = Markup.parse(PathSamples.fit(0, 1, List.of()).html()).assertSelfContained();
    assertThat(page.texts("figcaption").get(0)).startsWith("The network is zero");
    assertThat(page.text()).doesNotContain("missing\">");
  }

  @Test
  void aChartThatFailsLeavesThePage() throws Exception {
    for (Throwable failure :
        List.of(
            new IllegalStateException("a < b"),
            new NoClassDefFoundError("java/awt/Color"),
            new InternalError("no fonts"))) {
      Figure figure =
          Figure.draw("x", "A chart", "what it shows", Figure.Size.HALF, () -> sneak(failure));
      Markup.parse(figure.html());
      assertThat(figure.html())
          .contains("This chart could not be drawn")
          .contains(Html.escape(failure.getMessage()));
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable, R> R sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
