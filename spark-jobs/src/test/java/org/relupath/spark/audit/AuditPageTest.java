package org.relupath.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.audit.Improvement;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.program.search.LowerBound;
import org.relupath.spark.optimal.SetSamples;
import org.relupath.spark.report.Markup;

class AuditPageTest {

  @Test
  void aNetworkThatIsNotCritical() throws Exception {
    String html = page(SetSamples.audit(false, 30));
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("h3"))
        .containsExactly("Objectives and bounds", "Residual of each neuron");
    assertThat(page.texts("p").get(2))
        .startsWith("Not a critical point.")
        .contains("is 0.02, more than 1.25e-7")
        .contains("With 1 tight rows of neuron 0 of the audited network");
    assertThat(page.texts("p").get(1))
        .startsWith("Not globally optimal.")
        .contains("A better network was found (neighbour), with objective 17.4.");
    assertThat(page.texts("figcaption").get(1))
        .startsWith("29 neurons")
        .contains("1 zero neuron is");
    assertThat(page.charts().at("/residuals/marks/0/name").asText())
        .isEqualTo("counts as zero: 1e-6 λ");
    assertThat(page(SetSamples.audit(false, 30))).isEqualTo(html);
  }

  /** The bound of the tested patterns and that of every network are never taken for each other. */
  @Test
  void eachBoundSaysWhomItBounds() throws Exception {
    Markup page = Markup.parse(page(SetSamples.audit(true, 30)));
    assertThat(page.texts("p").get(1))
        .startsWith("Not shown to be globally optimal.")
        .contains("no network of any width and any activation patterns has an objective below 15.1")
        .contains(
            "keep to the 64 tested patterns do not go below 17.2; this says nothing of other");
    assertThat(page.charts().at("/bounds/yAxis/data"))
        .extracting(JsonNode::asText)
        .contains("lower bound for every network: 15.1")
        .contains("bound for the 64 tested patterns alone: 17.2");
    assertThat(page.texts("dt")).contains("lower bound, every network");
    assertThat(page.texts("dd")).contains("15.1", "0.184").doesNotContain("17.2");
  }

  @Test
  void criticalAndOptimal() throws Exception {
    String html =
        page(
            SetSamples.audit(
                Criticality.CRITICAL,
                true,
                0,
                new double[] {2, 2, 2, 2},
                LowerBound.Source.ENUMERATION,
                null,
                List.of()));
    Markup page = Markup.parse(html).assertSelfContained();
    assertThat(page.texts("p").get(2)).startsWith("A critical point, with no descent");
    assertThat(page.texts("p").get(1))
        .startsWith("Globally optimal.")
        .contains("by enumeration of all patterns");
  }

  @Test
  void criticalOnlyOnceBalanced() throws Exception {
    String html =
        page(
            SetSamples.audit(
                Criticality.NOT_CRITICAL,
                true,
                1,
                new double[] {2, 1.9, 1.9, 1},
                LowerBound.Source.NORM,
                new AuditReport.Better(Improvement.Source.BALANCED, 1.9, 3, null),
                List.of()));
    Markup page = Markup.parse(html);
    assertThat(page.texts("p").get(2))
        .startsWith("Not a critical point as given, but once balanced.")
        .contains("it is critical");
  }

  private static String page(AuditReport report) {
    return new AuditPage("net", report).html();
  }

  @Test
  void noNeuronAndTooMany() throws Exception {
    Markup none = Markup.parse(page(SetSamples.audit(true, 0))).assertSelfContained();
    assertThat(none.texts("figcaption").get(1)).isEqualTo("The network has no neuron.");
    String html = page(SetSamples.audit(false, 3000));
    Markup many = Markup.parse(html).assertSelfContained();
    assertThat(many.texts("figcaption").get(1))
        .startsWith("The 200 neurons of largest residual, of 3000");
    assertThat(html.length()).isLessThan(1_200_000);
  }

  /** Outputs of an audit, the worst first in the chart; each names its page. */
  @Test
  void outputsTogether() throws Exception {
    AuditReport one = SetSamples.audit(true, 3);
    AuditReport two = SetSamples.audit(false, 5);
    JointAudit audit =
        JointAudit.of(
            List.of(one, two),
            List.of(
                JointAudit.Output.of("a", "outputs/1-a", one),
                JointAudit.Output.of("b & c", "outputs/2-b___c", two)));
    Markup page = Markup.parse(new JointAuditPage("nets", audit).html()).assertSelfContained();
    assertThat(page.texts("p").get(1))
        .startsWith("Not all critical points.")
        .contains("that of b & c");
    assertThat(page.series("gaps").get("gap").get("data")).hasSize(2);
    assertThat(page.texts("a")).contains("outputs/1-a/report.html", "outputs/2-b___c/report.html");
    assertThat(page.all("tr").get(2).getTextContent()).startsWith("b & cfalse0.02");
  }
}
