package org.relupath.spark.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.train.Program;

/** What summary.json says of a search over all patterns: evidence, and no proof. */
public final class SearchSummary {
  private SearchSummary() {}

  /**
   * Adds the field {@code search}: what was searched - patterns of gated networks only as far as no
   * row lies on the border of a gate - and in which coordinates, the largest ||v_b|| / lambda that
   * searches have found, the gap that it would leave, both the worst over the lambdas, and whether
   * patterns had to be left out.
   */
  public static void addTo(Summary summary, Program program, List<SearchEvidence> searched) {
    ConvexProgram convex = program.convex();
    int rank = convex.problem().whitening().rank();
    addTo(summary, program.model(), rank, convex.patterns().count(), searched);
  }

  /**
   * Says what the last searches of all patterns found.
   *
   * @param rank of X, as searches have it
   * @param patterns how many were found
   * @param searched null for a lambda without a search
   */
  public static void addTo(
      Summary summary, ModelSettings model, int rank, int patterns, List<SearchEvidence> searched) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("patterns", model.openCells() ? "open-cells" : "all");
    fields.put("coordinates", "isotropic");
    fields.put("rank", rank);
    fields.put("starts", model.gateSource().search().starts());
    fields.put("tolerance", model.gateSource().search().tolerance());
    fields.put("bestViolation", worst(searched, SearchEvidence::bestViolation));
    fields.put("searchedGap", worst(searched, SearchEvidence::searchedGap));
    fields.put("limitReached", patterns >= model.gates());
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
