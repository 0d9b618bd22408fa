package org.relupath.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String HOSTILE = "</script><script>alert(1)</script>&\"'\u0000\u2028]]>";

  private static Chart chart(String name) {
    return new Chart(
            "one", name, name, Chart.Size.HALF, Axis.linear(name), Axis.names(name, List.of(name)))
        .line(
            name,
            new double[] {1, 2},
            new double[] {1 / 3.0, Double.NaN},
            Ink.BLUE,
            Chart.Stroke.THIN)
        .vertical(1, name);
  }

  private static String page(String name) {
    return new Page(name, name)
        .cards(name, List.of(new KeyFigure(name, name)))
        .warnings(List.of(name))
        .slider(List.of(new Page.Step(1, List.of(new KeyFigure(name, name)))), 0)
        .charts(name, List.of(chart(name)))
        .neurons(
            name,
            name,
            List.of(new NeuronCard(name, name, List.of(new NeuronCard.Feature(name, -2)))))
        .rows(name, List.of(name), List.of(List.of(name)), 0)
        .html();
  }

  /** Whatever data are called, a page has its own three scripts, and data stay data. */
  @Test
  void namesAreText() throws Exception {
    String html = page(HOSTILE);
    assertThat(Pattern.compile("<script").matcher(html).results()).hasSize(4);
    Markup page = Markup.parse(html).assertSelfContained();
    String shown = HOSTILE.replace('\u0000', '\uFFFD');
    assertThat(page.texts("h1")).containsExactly(shown);
    assertThat(page.texts("th")).containsExactly(shown);
    JsonNode chart = page.charts().get("one");
    assertThat(chart.at("/xAxis/name").asText()).isEqualTo(HOSTILE);
    assertThat(chart.at("/yAxis/data/0").asText()).isEqualTo(HOSTILE);
    assertThat(page.data().at("/steps/0/figures/0/1").asText()).isEqualTo(HOSTILE);
  }

  /** Pages of outputs are linked; what only looks like one is text. */
  @Test
  void otherPagesOfTheRunAreLinks() throws Exception {
    String other = "outputs/2-a_b/report.html";
    Markup page =
        Markup.parse(
                new Page("x", "x")
                    .grid(
                        "x",
                        List.of("page"),
                        List.of(
                            List.of(other),
                            List.of("javascript:x/y/report.html"),
                            List.of("//host/report.html"),
                            List.of("../../report.html")),
                        "x")
                    .html())
            .assertSelfContained();
    assertThat(page.all("td").stream().filter(td -> td.getElementsByTagName("a").getLength() > 0))
        .extracting(td -> td.getTextContent())
        .containsExactly(other);
  }

  /** A number is as exact as a pixel asks for; one that is not finite is a gap. */
  @Test
  void numbersAreShort() throws Exception {
    JsonNode data = Markup.parse(page("x")).charts().at("/one/series/0/data");
    assertThat(data.get(0)).hasToString("[1.0,0.3333333]");
    assertThat(data.get(1)).hasToString("[2.0,null]");
  }

  /** What a browser hashes is what the policy allows. */
  @Test
  void thePolicyNamesTheStyleAndTheScripts() throws Exception {
    String html = page("x");
    String policy = Markup.parse(html).all("meta").get(2).getAttribute("content");
    assertThat(policy).startsWith("default-src 'none'; ").doesNotContain("unsafe-eval");
    List<MatchResult> parts =
        Pattern.compile("(?s)<(style|script)>(.*?)</\\1>").matcher(html).results().toList();
    assertThat(parts).hasSize(4);
    for (MatchResult part : parts) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(part.group(2).getBytes(StandardCharsets.UTF_8));
      String directive = part.group(1).equals("style") ? "style-src-elem " : "script-src ";
      assertThat(policy.substring(policy.indexOf(directive)).split(";")[0])
          .contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
    assertThat(html.length()).isLessThan(850_000);
  }
}
