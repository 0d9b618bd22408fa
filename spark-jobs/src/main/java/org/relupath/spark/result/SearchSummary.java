package org.relupath.spark.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.train.SearchResult;
import org.relupath.spark.train.program.ProgramSummary;

/** What summary.json says of a search over all patterns: evidence, and no proof. */
public final class SearchSummary {
  private SearchSummary() {}

  /**
   * Adds the field {@code search}, if there was one: what was searched - patterns of gated networks
   * only as far as no row lies on the border of a gate - and in which coordinates, the largest
   * ||v_b|| / lambda that searches have found, the gap that it would leave, both the worst over the
   * lambdas, and whether patterns had to be left out.
   */
  public static void addTo(
      Summary summary, ModelSettings model, ProgramSummary program, SearchResult search) {
    if (search == null) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("patterns", model.openCells() ? "open-cells" : "all");
    fields.put("coordinates", "isotropic");
    fields.put("rank", search.rank());
    fields.put("starts", model.gateSource().search().starts());
    fields.put("tolerance", model.gateSource().search().tolerance());
    fields.put("bestViolation", worst(search.evidence(), SearchEvidence::bestViolation));
    fields.put("searchedGap", worst(search.evidence(), SearchEvidence::searchedGap));
    fields.put("limitReached", program.distinctPatterns() >= model.gates());
    summary.put("search", fields);
  }

  /** The largest of all lambdas; null where one was not searched at. */
  private static Double worst(
      List<SearchEvidence> searched, ToDoubleFunction<SearchEvidence> figure) {
    return searched.contains(null)
        ? null
        : (Double) searched.stream().mapToDouble(figure).max().orElse(0);
  }
}
