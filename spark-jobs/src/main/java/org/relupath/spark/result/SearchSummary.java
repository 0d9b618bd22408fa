package org.relupath.spark.result;

import org.relupath.core.solve.SearchEvidence;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.train.SearchResult;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * What summary.json says of a search over all patterns: evidence, and no proof. Null for what was
 * not searched for at some lambda.
 *
 * @param patterns what was searched: {@code all}, or of gated networks {@code open-cells}, those
 *     with no row on the border of a gate
 * @param coordinates in which it was: {@code isotropic}, or {@code scaled} of a sparse X
 * @param rank how many these are: of isotropic ones the rank of X
 * @param starts how many a search has
 * @param tolerance the relative violation that is looked for
 * @param bestViolation the largest ||v_b|| / lambda found, at any lambda
 * @param searchedGap the relative gap that this would leave, the worst over the lambdas
 * @param limitReached whether patterns had to be left out
 */
public record SearchSummary(
    String patterns,
    String coordinates,
    int rank,
    int starts,
    double tolerance,
    Double bestViolation,
    Double searchedGap,
    boolean limitReached) {

  /** The summary of a search; null without one. */
  public static SearchSummary of(ModelSettings model, ProgramSummary program, SearchResult search) {
    GateSource.Search asked = model.gateSource().search();
    return search == null
        ? null
        : new SearchSummary(
            model.openCells() ? "open-cells" : "all",
            search.coordinates(),
            search.rank(),
            asked.starts(),
            asked.tolerance(),
            search.worst(SearchEvidence::bestViolation),
            search.worst(SearchEvidence::searchedGap),
            search.limitReached());
  }
}
