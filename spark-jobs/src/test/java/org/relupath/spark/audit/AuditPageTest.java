package org.relupath.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.program.Model;
import org.relupath.spark.optimal.SetSamples;
import org.relupath.spark.report.Markup;

class AuditPageTest {

  @Test
  void aNetworkThatIsNotCritical() throws Exception {
    String html = AuditPage.html(SetSamples.audit(false, 30));
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3"))
        .containsExactly("Residual of each neuron", "Objectives and bounds");
    assertThat(page.texts("p").get(1))
        .startsWith("Not a critical point.")
        .contains("is 0.02, more than 1.25e-7")
        .contains("Moving row 17");
    assertThat(page.texts("p").get(2))
        .startsWith("Not globally optimal.")
        .contains("A better network was found (neighbour), with objective 17.4.");
    assertThat(page.texts("figcaption").get(0))
        .startsWith("29 neurons")
        .contains("1 zero neuron is");
    assertThat(page.texts("text")).contains("counts as zero: 1e-6 λ");
    assertThat(AuditPage.html(SetSamples.audit(false, 30))).isEqualTo(html);
  }

  /** The bound of the tested patterns and that of every network are never taken for each other. */
  @Test
  void eachBoundSaysWhomItBounds() throws Exception {
    Markup page = Markup.parse(AuditPage.html(SetSamples.audit(true, 30)));
    assertThat(page.texts("p").get(2))
        .startsWith("Not shown to be globally optimal.")
        .contains("No network of any width and any activation patterns has an objective below 15.1")
        .contains(
            "keep to the 64 tested patterns do not go below 17.2; this says nothing of other");
    assertThat(page.texts("text"))
        .contains("lower bound for every network: 15.1")
        .contains("bound for the 64 tested patterns alone: 17.2");
    assertThat(page.texts("dt")).contains("lower bound, every network");
    assertThat(page.texts("dd")).contains("15.1", "0.184").doesNotContain("17.2");
  }

  @Test
  void criticalAndOptimal() throws Exception {
    AuditBounds bounds =
        new AuditBounds(2, null, null, null, null, null, 0, 2, "enumeration", SetSamples.NETWORKS);
    Markup page = Markup.parse(AuditPage.html(with(true, true, bounds))).assertSelfContained();
    assertThat(page.texts("p").get(1)).startsWith("A critical point, with no descent");
    assertThat(page.texts("p").get(2))
        .startsWith("Globally optimal.")
        .contains("by enumeration of all patterns")
        .doesNotContain("tested patterns");
  }

  @Test
  void criticalOnlyOnceBalanced() throws Exception {
    AuditBounds bounds =
        new AuditBounds(2, 1.9, 1.9, 1.9, "balanced", null, 0, 1, "norm", SetSamples.NETWORKS);
    Markup page = Markup.parse(AuditPage.html(with(false, true, bounds)));
    assertThat(page.texts("p").get(1))
        .startsWith("Not a critical point as given, but once balanced.")
        .contains("it is critical");
  }

  private static AuditReport with(boolean critical, boolean balanced, AuditBounds bounds) {
    return new AuditReport(
        "net",
        List.of(),
        Model.GATED,
        1,
        1e-6,
        critical,
        balanced,
        critical ? 0 : 1,
        0,
        critical,
        null,
        bounds,
        null,
        null,
        List.of());
  }

  @Test
  void noNeuronAndTooMany() throws Exception {
    Markup none = Markup.parse(AuditPage.html(SetSamples.audit(true, 0))).assertSelfContained();
    assertThat(none.texts("figcaption").get(0)).isEqualTo("The network has no neuron.");
    assertThat(none.text()).doesNotContain("missing\">");
    String html = AuditPage.html(SetSamples.audit(false, 3000));
    Markup many = Markup.parse(html).assertSelfContained();
    assertThat(many.texts("figcaption").get(0))
        .startsWith("The 200 neurons of largest residual, of 3000");
    assertThat(html.length()).isLessThan(1_000_000);
  }
}
