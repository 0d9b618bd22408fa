package org.relupath.spark.report;

import java.util.List;

/**
 * One neuron in words.
 *
 * @param title what it is called
 * @param sentence what it does
 * @param features what it takes in, most first
 */
public record NeuronCard(String title, String sentence, List<Feature> features) {
  /**
   * A feature that a neuron takes in.
   *
   * @param weight with its sign; where all are comparable
   */
  public record Feature(String name, double weight) {}

  /** Keeps the features. */
  public NeuronCard {
    features = List.copyOf(features);
  }

  /** The card; bars are as long as weights are large beside that of the first feature. */
  String html() {
    StringBuilder html = new StringBuilder("<section class=\"neuron\">\n<h3>");
    html.append(Html.escape(title)).append("</h3>\n<p>").append(Html.prose(sentence));
    html.append("</p>\n<ul>\n");
    for (Feature feature : features) {
      double share = Math.abs(feature.weight() / features.get(0).weight());
      html.append("<li><span>").append(Html.escape(feature.name())).append("</span><span>");
      html.append(feature.weight() < 0 ? "" : "+").append(Numbers.text(feature.weight(), 3));
      html.append(
          "</span><svg viewBox=\"0 0 100 5\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
      html.append("<rect class=\"").append(feature.weight() < 0 ? "minus" : "plus");
      html.append("\" width=\"").append(Numbers.text(100 * share, 3));
      html.append("\" height=\"5\"></rect></svg></li>\n");
    }
    return html.append("</ul>\n</section>\n").toString();
  }
}
