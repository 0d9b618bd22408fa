package org.relupath.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.relupath.spark.io.Json;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.helpers.DefaultHandler;

/** A page, parsed as XML: that it parses is the first thing a test says of it. */
public record Markup(String text, Document document) {

  public static Markup parse(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    var builder = factory.newDocumentBuilder();
    builder.setErrorHandler(new DefaultHandler());
    byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
    return new Markup(html, builder.parse(new ByteArrayInputStream(bytes)));
  }

  public List<Element> all(String tag) {
    NodeList nodes = document.getElementsByTagNameNS("*", tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** Text of all such elements. */
  public List<String> texts(String tag) {
    return all(tag).stream().map(Element::getTextContent).toList();
  }

  /** The options of all charts, by their ids. */
  public JsonNode charts() {
    return data().get("charts");
  }

  /** The series of a chart, by name; of several of one name the first. */
  public Map<String, JsonNode> series(String chart) {
    Map<String, JsonNode> series = new LinkedHashMap<>();
    charts()
        .get(chart)
        .get("series")
        .forEach(one -> series.putIfAbsent(one.get("name").asText(), one));
    return series;
  }

  /** What the scripts of the page read. */
  public JsonNode data() {
    return Json.parse(
        all("script").stream()
            .filter(script -> script.getAttribute("id").equals("data"))
            .findFirst()
            .orElseThrow()
            .getTextContent());
  }

  /** The page without its style and scripts, which are those of every page. */
  private String own() {
    return text.replaceAll("(?s)<style>.*?</style>|<script>.*?</script>", "");
  }

  /**
   * Asserts that nothing is fetched, that nothing runs but what the policy names, that ids are
   * unique, and that every chart has its place and some mark that a browser can draw.
   */
  public Markup assertSelfContained() {
    assertThat(own().replaceAll("xmlns(:\\w+)?=(\"[^\"]*\"|'[^']*')", ""))
        .doesNotContain("://")
        .doesNotContainIgnoringCase("@import")
        .doesNotContainPattern("\\s(src|xlink:href|style|on\\w+)=")
        .doesNotContainPattern("\\shref=(?!\"(#|[A-Za-z0-9_-]+/[A-Za-z0-9._-]+/report\\.html\"))")
        .doesNotContainPattern("url\\((?!#)")
        .doesNotContainPattern("=['\"][^'\"]*NaN");
    List<String> ids = all("*").stream().map(e -> e.getAttribute("id")).toList();
    List<String> named = ids.stream().filter(id -> !id.isEmpty()).toList();
    assertThat(named).doesNotHaveDuplicates();
    charts().fieldNames().forEachRemaining(id -> assertThat(named).contains(id));
    charts()
        .forEach(
            chart ->
                assertThat(chart.has("scene") || !chart.get("series").isEmpty())
                    .as(chart.toString())
                    .isTrue());
    return this;
  }
}
