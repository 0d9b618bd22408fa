package org.relupath.spark.analysis;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relupath.core.optimalset.Equicorrelation;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.optimalset.polytope.Rank;

/**
 * How large an optimal set is, and the figures that decide it. Dimensions, S_max and its rank are
 * null where the solution is too far off to tell them ({@link OptimalSet#resolved}).
 *
 * @param dimension over blocks
 * @param mergedDimension over neurons, blocks of one ray counted once
 * @param functionDimension of the functions that optimal networks compute
 * @param functionCertain whether that is beyond doubt
 * @param dimensionCertain whether the other two are
 * @param unique {@code true}, {@code false} or {@code uncertain}
 * @param equicorrelated blocks that are in the equicorrelation set up to the solution's accuracy
 * @param undecided further blocks that the certificate leaves open
 * @param neurons rays of all these blocks
 * @param undecidedNeurons those of undecided blocks alone
 * @param supportMax blocks that are active in some optimal network; undecided ones among them are
 *     so only if they are in the equicorrelation set
 * @param supportMaxNeurons their rays
 * @param rank of the fits of the neurons in S_max
 * @param alphaSum sum_b alpha_b, the same for all optimal networks; of a loss that is a sum
 * @param uniqueness what decides uniqueness, by name
 */
public record OptimalSetSummary(
    Integer dimension,
    Integer mergedDimension,
    Integer functionDimension,
    boolean functionCertain,
    boolean dimensionCertain,
    String unique,
    int equicorrelated,
    int undecided,
    int neurons,
    int undecidedNeurons,
    Integer supportMax,
    Integer supportMaxNeurons,
    Integer rank,
    double alphaSum,
    LinkedHashMap<String, Object> uniqueness)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether there is one optimal network: true, false, or the word {@code uncertain}. */
  public Object uniqueOrUncertain() {
    return unique.equals("uncertain") ? unique : (Object) Boolean.valueOf(unique);
  }

  static OptimalSetSummary of(OptimalSet set, long seed) {
    return of(set, set.uniqueness(), seed);
  }

  /**
   * The figures of a face of the optimal set.
   *
   * @param uniqueness of the whole set: one member of a face says nothing of the others
   */
  public static OptimalSetSummary of(OptimalSet set, Uniqueness uniqueness, long seed) {
    Equicorrelation e = set.equicorrelation();
    Rank functions = set.functionRank(seed);
    boolean decides = PolishedSolve.decides(e.solution());
    // An undecided neuron that is no member would take a dimension with it.
    boolean decided =
        Arrays.stream(set.polytope().support())
            .noneMatch(j -> set.neurons().neurons().get(j).undecided());
    return new OptimalSetSummary(
        known(set, set.blockDimension()),
        known(set, set.dimension()),
        known(set, functions.value()),
        functions.certain() && set.resolved() && decides && decided,
        set.polytope().certain() && decides && decided,
        uniqueness.state().label(),
        e.size() - e.undecided(),
        e.undecided(),
        set.neurons().size(),
        set.neurons().undecided(),
        known(set, set.blockSupport()),
        known(set, set.polytope().support().length),
        known(set, set.polytope().supportRank().value()),
        set.alphaSum(),
        decidedBy(uniqueness));
  }

  private static Integer known(OptimalSet set, int figure) {
    return set.resolved() ? (Integer) figure : null;
  }

  /** Whether other optimal networks than the solution were looked for. */
  public boolean resolved() {
    return dimension != null;
  }

  /** The dimension over blocks where it is beyond doubt; else null, for not known. */
  public Integer knownDimension() {
    return dimensionCertain ? dimension : null;
  }

  private static LinkedHashMap<String, Object> decidedBy(Uniqueness uniqueness) {
    LinkedHashMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("reason", uniqueness.reason());
    figures.put("proven", uniqueness.proven());
    figures.put("candidates", uniqueness.candidates());
    figures.put("rank", uniqueness.rank().value());
    figures.put("lastSingularValueKept", uniqueness.rank().lastKept());
    figures.put("firstSingularValueDropped", uniqueness.rank().firstDropped());
    figures.put("rankTolerance", uniqueness.rank().tolerance());
    figures.put("rankCertain", uniqueness.rank().certain());
    figures.put("perturbation", uniqueness.perturbation());
    figures.put("accuracy", uniqueness.accuracy());
    figures.put("delta", uniqueness.delta());
    figures.put("nextRatio", uniqueness.nextRatio());
    figures.put("relativeGap", uniqueness.relativeGap());
    if (uniqueness.witness() != null) {
      Map<String, Object> witness = new LinkedHashMap<>();
      witness.put("distance", uniqueness.witness().distance());
      witness.put("relativeGap", uniqueness.witness().relativeGap());
      witness.put("objectiveDifference", uniqueness.witness().difference());
      figures.put("witness", witness);
    }
    return figures;
  }
}
