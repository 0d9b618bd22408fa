package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.optimalset.Candidate;
import org.relupath.core.optimalset.Candidates;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.Scaling;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.spark.data.EvaluationRows;

/** Optimal networks by the rules of the paper's tables (section 5). */
public final class CandidateNetworks {
  private static final String WEIGHTS = "";
  private static final String ENTRIES = "entries_";
  private static final String MULTIPLIERS = "multipliers_";
  private static final String VALID = "valid_mse";
  private static final String TEST = "test_mse";

  private final Map<String, BlockWeights> chosen = new LinkedHashMap<>();

  private CandidateNetworks() {}

  /** The names of all rules. */
  public static List<String> rules() {
    List<String> rules = new ArrayList<>(List.of("min_norm"));
    for (String prefix : List.of(WEIGHTS, ENTRIES, MULTIPLIERS)) {
      for (String rule : List.of("min_l2", "min_linf", "max_l1", "max_smallest")) {
        rules.add(prefix + rule);
      }
    }
    rules.addAll(List.of(VALID, TEST));
    return rules;
  }

  /**
   * Chooses networks from an optimal set, by the name of the rule: of least norm, and of extreme
   * norms of weights, of entries of the weights, and of the multipliers of the solution's own
   * neurons.
   *
   * @param valid rows to choose the network of least squared error by, or null
   * @param test other such rows, or null
   */
  public static Map<String, BlockWeights> of(
      OptimalSet set, EvaluationRows valid, EvaluationRows test) {
    CandidateNetworks networks = new CandidateNetworks();
    Candidates candidates = new Candidates(set);
    networks.put("", candidates.minNorm());
    networks.byNorm(WEIGHTS, candidates, Scaling.WEIGHTS);
    networks.byNorm(ENTRIES, candidates, Scaling.ENTRIES);
    networks.byNorm(MULTIPLIERS, new Candidates(set.onSupport()), Scaling.MULTIPLIERS);
    if (valid != null) {
      networks.put("", leastSquares(set, VALID, valid));
    }
    if (test != null) {
      networks.put("", leastSquares(set, TEST, test));
    }
    return networks.chosen;
  }

  /** What a rule asks for, in words; the rule itself where it is none of these. */
  static String inWords(String rule) {
    String of =
        rule.startsWith(ENTRIES)
            ? " of single weights"
            : rule.startsWith(MULTIPLIERS) ? " of the solver's own neurons" : " of the neurons";
    return switch (rule.substring(
        rule.startsWith(ENTRIES)
            ? ENTRIES.length()
            : rule.startsWith(MULTIPLIERS) ? MULTIPLIERS.length() : 0)) {
      case "smallest" -> "fewest neurons";
      case "min_norm" -> "least norm of all weights";
      case "min_l2" -> "least Euclidean norm" + of;
      case "min_linf" -> "least maximum" + of;
      case "max_l1" -> "largest sum" + of;
      case "max_smallest" -> "largest minimum" + of;
      case VALID -> "least error on held-out rows";
      case TEST -> "least error on test rows";
      default -> rule;
    };
  }

  private static Candidate leastSquares(OptimalSet set, String name, EvaluationRows rows) {
    Problem own = rows.problem(set.neurons().problem().model());
    return new Candidates(set).leastSquares(name, own.x(), own.y());
  }

  private void byNorm(String prefix, Candidates candidates, Scaling scaling) {
    put(prefix, candidates.minL2(scaling));
    put(prefix, candidates.minLinf(scaling));
    put(prefix, candidates.maxL1(scaling));
    put(prefix, candidates.maxSmallest(scaling));
  }

  private void put(String prefix, Candidate candidate) {
    chosen.put(prefix + candidate.name(), candidate.weights());
  }
}
