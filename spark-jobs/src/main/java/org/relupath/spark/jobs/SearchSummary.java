package org.relupath.spark.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.relupath.core.solve.Searched;

/** What summary.json says of a search over all patterns: evidence, and no proof. */
final class SearchSummary {
  private SearchSummary() {}

  /**
   * Adds the field {@code search}: the largest ||v_b|| / lambda that searches have found, the gap
   * that it would leave, both the worst over the lambdas, and whether patterns had to be left out.
   */
  static void tell(Summary summary, Training training, List<Searched> searched) {
    tell(summary, training.model(), training.program().patterns().count(), searched);
  }

  /** The same where a number of patterns was found; null for a lambda without a search. */
  static void tell(Summary summary, ModelSettings model, int patterns, List<Searched> searched) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("starts", model.gateSource().search().starts());
    fields.put("tolerance", model.gateSource().search().tolerance());
    fields.put("bestViolation", worst(searched, Searched::bestViolation));
    fields.put("searchedGap", worst(searched, Searched::searchedGap));
    fields.put("limitReached", patterns >= model.gates());
    summary.put("search", fields);
  }

  /** The largest of all lambdas; null where one was not searched at. */
  private static Double worst(List<Searched> searched, ToDoubleFunction<Searched> figure) {
    return searched.contains(null)
        ? null
        : (Double) searched.stream().mapToDouble(figure).max().orElse(0);
  }
}
