package org.relupath.spark.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.optimalset.Membership;
import org.relupath.core.optimalset.Uniqueness.State;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Markup;

class OptimalSetPageTest {

  @Test
  void manyNetworks() throws Exception {
    OptimalSetPage report = SetSamples.optimalSet(State.NOT_UNIQUE, 14, 400);
    String html = report.html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3"))
        .containsExactly("How large each neuron can be", "Spectrum", "Distance from the bound");
    assertThat(page.texts("p").get(1))
        .startsWith("Not unique.")
        .contains("trade weight in 2 independent directions")
        .contains("differ in 1 direction.");
    assertThat(page.texts("dt"))
        .contains("neurons, smallest (proven)", "smallest singular value kept");
    assertThat(page.texts("figcaption").get(0)).contains("14 can vary, 9 can be absent");
    assertThat(page.texts("figcaption").get(1)).contains("1 for the 13").contains("; 1 undecided");
    assertThat(page.series("ranges"))
        .containsOnlyKeys("all optimal networks", "solver", "smallest network", "least norm");
    assertThat(page.charts().at("/ranges/xAxis/data/1").asText()).isEqualTo("2: subtracts age +");
    assertThat(page.series("spectrum").get("undecided").get("data")).hasSize(1);
    assertThat(page.series("distances").get("may be active").get("data")).hasSize(13);
    assertThat(page.texts("td")).contains("valid_mse", "least error on held-out rows", "89.5 %");
    assertThat(page.texts("th")).contains("held-out MSE").doesNotContain("test MSE");
    assertThat(SetSamples.optimalSet(State.NOT_UNIQUE, 14, 400).html()).isEqualTo(html);
  }

  @Test
  void claimsAreNoLargerThanTheirProofs() throws Exception {
    String supported = verdict(SetSamples.optimalSet(State.UNIQUE, 5, 20));
    assertThat(supported)
        .startsWith("Unique, as far as the figures tell.")
        .contains("they do not prove it");
    OptimalSetPage uncertain = SetSamples.optimalSet(State.UNCERTAIN, 5, 20);
    assertThat(verdict(uncertain)).startsWith("Uncertain.").contains("cannot be told");
    assertThat(uncertain.html()).contains("<p class=\"proof missed\">");
  }

  private static String verdict(OptimalSetPage report) throws Exception {
    return Markup.parse(report.html()).texts("p").get(1);
  }

  @Test
  void noNeuronAndNoBlock() throws Exception {
    Markup page =
        Markup.parse(SetSamples.optimalSet(State.UNIQUE, 0, 0).html()).assertSelfContained();
    assertThat(page.texts("figcaption").get(0)).isEqualTo("No optimal network has a neuron.");
    assertThat(page.texts("h2")).doesNotContain("Optimal networks by rule");
  }

  @Test
  void manyNeuronsAndBlocksAreThinnedOutAndSaidSo() throws Exception {
    String html = SetSamples.optimalSet(State.NOT_UNIQUE, 300, 20_000).html();
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("figcaption").get(0))
        .startsWith("The 60 neurons of largest norm, of 300");
    assertThat(page.texts("figcaption").get(1))
        .contains("of 20000 blocks, one of 132 beyond the first 300");
    assertThat(html.length()).isLessThan(900_000);
  }

  @Test
  void namesAreTextAndNothingComputedIsADash() throws Exception {
    String name = "<b>&\"'\u0000";
    OptimalSetPage full = SetSamples.optimalSet(State.NOT_UNIQUE, 3, 9);
    OptimalSetPage named =
        new OptimalSetPage(
            name,
            List.of(new KeyFigure(name, name)),
            Model.GATED,
            List.of(name),
            List.of(
                new OptimalSetPart(
                    SetSamples.result(
                        State.NOT_UNIQUE,
                        3,
                        name,
                        List.of(new NeuronRange(List.of(0), 1, 1, 0, 1, new double[] {1}, 1, 1)),
                        full.parts().get(0).found().ratios(),
                        new Integer[3],
                        false,
                        null),
                    List.of(
                        new CandidateRow(name, 1, 1, 1, new NetworkMetrics(null, null, null))))),
            0);
    Markup page = Markup.parse(named.html()).assertSelfContained();
    assertThat(page.texts("h1")).containsExactly(name.replace('\u0000', '\uFFFD'));
    assertThat(page.texts("dd")).contains("–");
    assertThat(page.texts("dt")).contains("neurons, smallest found");
    assertThat(page.all("b")).isEmpty();
    assertThat(page.charts().at("/ranges/xAxis/data/0").asText())
        .isEqualTo("1: adds " + name + " +");
  }

  /** A triangle of optimal networks; its image bends outwards. */
  @Test
  void aPictureOfATriangle() throws Exception {
    PolytopePicture picture =
        new PolytopePicture(
            2,
            List.of("a", "b & c"),
            new int[] {1, -1},
            List.of(new double[] {1, 0}, new double[] {0.6, -0.8}),
            List.of(new double[] {0, 4}, new double[] {4, 0}, new double[] {1, 1}),
            List.of(new double[] {1.5, 2}));
    Markup page = Markup.parse(drawn(State.NOT_UNIQUE, 3, picture)).assertSelfContained();
    assertThat(page.texts("h3"))
        .contains(
            "The optimal networks, convex",
            "The same as weights of networks",
            "Input weights of optimal networks");
    assertThat(page.texts("p")).contains("‖w‖ of a", "‖W‖ of b & c");
    assertThat(page.series("polytope").get("vertices").get("data"))
        .hasToString("[[0.0,4.0],[4.0,0.0],[1.0,1.0]]");
    assertThat(page.series("image").get("members").get("data"))
        .hasToString("[[1.224745,1.414214]]");
    assertThat(page.series("weights")).containsOnlyKeys("a", "b & c");
    assertThat(picture.csv().lines())
        .startsWith("kind,network,neuron,norm,a,W1,W2", "vertex,0,1,4.0,-2.0,1.2,-1.6")
        .hasSize(7);
  }

  private static String drawn(State unique, int neurons, PolytopePicture picture) {
    OptimalSetPart part = SetSamples.optimalSet(unique, neurons, 9).parts().get(0);
    OptimalSetResult found =
        SetSamples.result(
            unique,
            neurons,
            "a reason",
            part.found().extremes(),
            part.found().ratios(),
            new Integer[] {2, 2, 1},
            true,
            picture);
    return new OptimalSetPage(
            "sonar",
            List.of(),
            Model.RELU,
            List.of(),
            List.of(new OptimalSetPart(found, part.candidates())),
            0)
        .html();
  }

  @Test
  void picturesOfOnePointOneSegmentAndOneNeuron() throws Exception {
    double[] one = {1, 2};
    for (List<double[]> vertices : List.of(List.of(one), List.of(one, new double[] {2, 1}))) {
      List<double[]> rays = List.of(new double[3], new double[3]);
      PolytopePicture picture =
          new PolytopePicture(1, List.of("a", "b"), new int[] {1, 1}, rays, vertices, List.of());
      String html = drawn(State.NOT_UNIQUE, 3, picture);
      Markup page = Markup.parse(html).assertSelfContained();
      assertThat(page.charts()).hasSize(5);
    }
    PolytopePicture single =
        new PolytopePicture(
            1, List.of("a"), new int[] {1}, List.of(one), List.of(new double[] {1}), List.of());
    String html = drawn(State.UNIQUE, 1, single);
    assertThat(Markup.parse(html).charts()).hasSize(3);
  }

  /** A tetrahedron: four minimal networks of one neuron each; polytope.js has all it draws. */
  @Test
  void aPictureInSpace() throws Exception {
    List<double[]> corners = new ArrayList<>();
    for (int j = 0; j < 4; j++) {
      double[] corner = new double[4];
      corner[j] = 4 - j / 2.0;
      corners.add(corner);
    }
    PolytopePicture picture =
        new PolytopePicture(
            3,
            List.of("a", "b", "c", "d"),
            new int[] {1, 1, 1, 1},
            List.of(new double[3], new double[3], new double[3], new double[3]),
            corners,
            List.of(new double[] {1, 1, 0.5, 0.25}));
    Markup page = Markup.parse(drawn(State.NOT_UNIQUE, 4, picture)).assertSelfContained();
    JsonNode scene = page.charts().at("/polytope/scene");
    assertThat(scene.get("axes")).hasToString("[\"‖w‖ of a\",\"‖w‖ of b\",\"‖w‖ of c\"]");
    assertThat(scene.get("vertices").get(1)).hasToString("[0.0,3.5,0.0]");
    assertThat(scene.get("names").get(3).asText()).isEqualTo("d: 2.5");
    assertThat(scene.get("members")).hasToString("[[1.0,1.0,0.5]]");
    assertThat(scene.get("edges")).hasSize(6);
    assertThat(scene.get("faces")).hasSize(4);
    assertThat(page.charts().at("/image/scene/bent").asBoolean()).isTrue();
  }

  /** Rows stand by the solver's prediction; the band holds it. */
  @Test
  void theRangeOfPredictions() throws Exception {
    OptimalSetPart part = SetSamples.optimalSet(State.NOT_UNIQUE, 3, 9).parts().get(0);
    PredictionRanges ranges =
        new PredictionRanges(
            new double[] {2, 1},
            new double[] {1.5, 1},
            new double[] {2.25, 1},
            new double[] {5, 6},
            3,
            7,
            0.75);
    OptimalSetResult found = SetSamples.predicting(part.found(), ranges);
    OptimalSetPage one =
        new OptimalSetPage(
            "sonar",
            List.of(),
            Model.RELU,
            List.of(),
            List.of(new OptimalSetPart(found, List.of()), part),
            1);
    Markup page = Markup.parse(one.html()).assertSelfContained();
    assertThat(page.series("predictions-held-out-0").get("solver").get("data"))
        .hasToString("[[1.0,4.0],[2.0,5.0]]");
    assertThat(page.series("predictions-held-out-0").get("label").get("data"))
        .hasToString("[[1.0,6.0],[2.0,5.0]]");
    assertThat(page.texts("figcaption"))
        .anySatisfy(
            caption ->
                assertThat(caption)
                    .startsWith("The first 2 of 7 held-out rows")
                    .contains("at most 0.75 wide"));
    assertThat(page.charts().has("predictions-held-out-1")).isFalse();
    assertThat(page.texts("p").get(1)).startsWith("All optimal networks at 2 λ.");
  }

  @Test
  void ratiosAreChecked() {
    assertThatThrownBy(() -> new BlockRatio(-1, true, Membership.NO))
        .hasMessage("ratio is -1.0, expected >= 0");
  }
}
