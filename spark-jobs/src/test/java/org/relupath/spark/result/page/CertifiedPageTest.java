package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.path.GapBound;
import org.relupath.spark.report.Markup;

/** The page of a path that is certified at every lambda. */
class CertifiedPageTest {
  private static final PathReport REPORT = PathSamples.path(9, 5);

  /** Bounds whose largest value is half of {@code middle}, but for the ends. */
  private static CertifiedRange range(double epsilon, double middle) {
    List<GapBound> bounds = new ArrayList<>();
    for (int k = 1; k < REPORT.points().size(); k++) {
      double upper = REPORT.points().get(k - 1).lambda();
      bounds.add(new GapBound(upper, REPORT.points().get(k).lambda(), 0, middle, 0));
    }
    return new CertifiedRange(epsilon, 11, bounds);
  }

  @Test
  void saysAndDrawsTheBoundOfTheWholeRange() throws Exception {
    String html = PathPage.html(REPORT, range(1e-3, 1.5e-3));
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3"))
        .contains("Certified bound at every λ")
        .doesNotContain("Certified gap");
    assertThat(page.texts("p").get(1))
        .startsWith("Certified at every λ.")
        .contains("from 100 to 16.78")
        .contains("7.5e-4 ‖y‖²/2 above");
    assertThat(page.texts("dd")).contains("11", "7.5e-4", "0.001");
    assertThat(page.text()).contains("asked for: 0.001").doesNotContain("could not be drawn");
    assertThat(html).isEqualTo(PathPage.html(REPORT, range(1e-3, 1.5e-3)));
  }

  @Test
  void aMissedBoundIsSaid() throws Exception {
    Markup page = Markup.parse(PathPage.html(REPORT, range(1e-3, 4e-3)));
    assertThat(page.texts("p").get(1))
        .startsWith("Certified, but loosely.")
        .contains("misses what was asked for: 0.001");
  }

  /** A zero path has no gap anywhere. */
  @Test
  void boundsOfZeroAreDrawn() throws Exception {
    Markup page = Markup.parse(PathPage.html(REPORT, range(1e-3, 0)));
    assertThat(page.text()).doesNotContain("could not be drawn");
  }

  @Test
  void thereIsARange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CertifiedRange(1e-3, 0, List.of()))
        .withMessageContaining("bounds is empty");
  }
}
