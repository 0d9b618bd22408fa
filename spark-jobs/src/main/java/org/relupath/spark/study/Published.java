package org.relupath.spark.study;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.relupath.core.data.NumberText;
import org.relupath.spark.config.Values;
import org.relupath.spark.optimal.CandidateNetworks;

/** Figures of a data set that were published elsewhere, to be shown beside a study's own. */
public final class Published {
  static final String KEY = "published";

  /** How far apart the networks of all rules are on one split. */
  public static final String SPREAD = "spread";

  private Published() {}

  /** The test accuracies of {@code NAME=NUMBER,...}, by the name of a candidate or "spread". */
  static Map<String, Double> of(Values values) {
    Set<String> names = new LinkedHashSet<>(CandidateNetworks.rules());
    names.add(SPREAD);
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String item : values.list(KEY)) {
      String[] parts = item.split("=", 2);
      String name = parts[0].strip();
      double number = parts.length < 2 ? Double.NaN : NumberText.parse(parts[1].strip());
      if (Double.isNaN(number) || !names.contains(name) || figures.put(name, number) != null) {
        throw values.refusal(
            KEY,
            "NAME=NUMBER, separated by commas, each NAME once, of " + String.join(", ", names));
      }
    }
    return figures;
  }
}
