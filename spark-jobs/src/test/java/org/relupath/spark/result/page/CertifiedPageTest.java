package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.relupath.core.path.GapBound;
import org.relupath.spark.report.Markup;
import org.relupath.spark.train.program.SolvedPath;

/** The page of a path that is certified at every lambda. */
class CertifiedPageTest {
  private static final PathPage REPORT = PathSamples.path(9, 5);

  /** Bounds whose largest value is half of {@code middle}, but for the ends. */
  private static PathPage range(double epsilon, double middle) {
    List<GapBound> bounds = new ArrayList<>();
    for (int k = 1; k < REPORT.rows().size(); k++) {
      double upper = REPORT.rows().get(k - 1).lambda();
      bounds.add(new GapBound(upper, REPORT.rows().get(k).lambda(), 0, middle, 0));
    }
    return new PathPage(
        REPORT.title(),
        REPORT.figures(),
        REPORT.lossScaling(),
        new SolvedPath(
            REPORT.solved().points(),
            bounds,
            OptionalDouble.of(epsilon),
            PathSamples.TOLERANCE,
            11),
        REPORT.global(),
        REPORT.rows(),
        REPORT.selection(),
        REPORT.networks(),
        null,
        List.of(),
        null);
  }

  @Test
  void saysAndDrawsTheBoundOfTheWholeRange() throws Exception {
    String html = range(1e-3, 1.5e-3).html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3"))
        .contains("Certified bound at every λ")
        .doesNotContain("Certified gap");
    assertThat(page.texts("p").get(1))
        .startsWith("Certified at every λ.")
        .contains("from 100 to 16.78")
        .contains("7.5e-4 ‖y‖²/2 above");
    assertThat(page.texts("dd")).contains("11", "7.5e-4", "0.001");
    assertThat(page.charts().at("/bound/marks").findValuesAsText("name"))
        .contains("asked for: 0.001");
    assertThat(html).isEqualTo(range(1e-3, 1.5e-3).html());
  }

  @Test
  void aMissedBoundIsSaid() throws Exception {
    Markup page = Markup.parse(range(1e-3, 4e-3).html());
    assertThat(page.texts("p").get(1))
        .startsWith("Certified, but loosely.")
        .contains("misses what was asked for: 0.001");
  }

  /** A zero path has no gap anywhere. */
  @Test
  void boundsOfZeroAreDrawn() throws Exception {
    Markup page = Markup.parse(range(1e-3, 0).html());
    assertThat(page.charts().at("/bound/series/0/data")).isNotEmpty();
  }
}
