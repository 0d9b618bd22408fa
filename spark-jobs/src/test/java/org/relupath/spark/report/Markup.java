package org.relupath.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
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

  /** Asserts that nothing is fetched or run, and that ids are unique and references met. */
  public Markup assertSelfContained() {
    assertThat(text.replaceAll("xmlns(:\\w+)?=(\"[^\"]*\"|'[^']*')", ""))
        .doesNotContain("://")
        .doesNotContainIgnoringCase("<script")
        .doesNotContainIgnoringCase("@import")
        .doesNotContainPattern("\\s(src|href|xlink:href)=")
        .doesNotContainPattern("url\\((?!#)")
        .doesNotContainPattern("=['\"][^'\"]*NaN");
    List<String> ids = all("*").stream().map(e -> e.getAttribute("id")).toList();
    List<String> named = ids.stream().filter(id -> !id.isEmpty()).toList();
    assertThat(named).doesNotHaveDuplicates();
    for (Element svg : all("svg")) {
      assertThat(svg.getAttribute("role")).isEqualTo("img");
      assertThat(named).contains(svg.getAttribute("aria-labelledby").split(" "));
    }
    java.util.regex.Pattern.compile("url\\(#([^)]*)\\)")
        .matcher(text)
        .results()
        .forEach(reference -> assertThat(named).contains(reference.group(1)));
    return this;
  }
}
