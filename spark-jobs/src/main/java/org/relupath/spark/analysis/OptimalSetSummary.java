package org.relupath.spark.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import org.relupath.core.optimalset.Equicorrelation;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.optimalset.Witness;
import org.relupath.core.optimalset.polytope.Rank;
import org.relupath.spark.io.TrueOrFalse;

/**
 * How large an optimal set is, and the figures that decide it. Dimensions, S_max and its rank are
 * null where the solution is too far off to tell them ({@link OptimalSet#resolved}).
 *
 * @param dimension over blocks
 * @param mergedDimension over neurons, blocks of one ray counted once
 * @param functionDimension of the functions that optimal networks compute
 * @param dimensionCertain whether the first two are beyond doubt
 * @param functionDimensionCertain whether the third is
 * @param unique whether there is one optimal network
 * @param decidedBy what decides uniqueness
 * @param equicorrelated blocks that are in the equicorrelation set up to the solution's accuracy
 * @param undecided further blocks that the certificate leaves open
 * @param mergedNeurons rays of all these blocks
 * @param undecidedNeurons those of undecided blocks alone
 * @param supportMax blocks that are active in some optimal network; undecided ones among them are
 *     so only if they are in the equicorrelation set
 * @param supportMaxNeurons their rays
 * @param rank of the fits of the neurons in S_max
 * @param alphaSum sum_b alpha_b, the same for all optimal networks, in the units of the loss
 *     scaling
 */
public record OptimalSetSummary(
    Integer dimension,
    Integer mergedDimension,
    Integer functionDimension,
    boolean dimensionCertain,
    boolean functionDimensionCertain,
    @TrueOrFalse Uniqueness.State unique,
    Decision decidedBy,
    int equicorrelated,
    int undecided,
    int mergedNeurons,
    int undecidedNeurons,
    Integer supportMax,
    Integer supportMaxNeurons,
    Integer rank,
    double alphaSum)
    implements java.io.Serializable {
  /**
   * The figures of an optimal set, or of a face of it.
   *
   * @param uniqueness of the whole set: one member of a face says nothing of the others
   */
  public static OptimalSetSummary of(AnalysisTask task, OptimalSet set, Uniqueness uniqueness) {
    Equicorrelation e = set.equicorrelation();
    Rank functions = set.functionRank(task.seed());
    boolean decides = PolishedSolution.decides(e.solution());
    // An undecided neuron that is no member would take a dimension with it.
    boolean decided =
        Arrays.stream(set.polytope().support())
            .noneMatch(j -> set.neurons().neurons().get(j).undecided());
    return new OptimalSetSummary(
        known(set, set.blockDimension()),
        known(set, set.dimension()),
        known(set, functions.value()),
        set.polytope().certain() && decides && decided,
        functions.certain() && set.resolved() && decides && decided,
        uniqueness.state(),
        Decision.of(uniqueness),
        e.size() - e.undecided(),
        e.undecided(),
        set.neurons().size(),
        set.neurons().undecided(),
        known(set, set.blockSupport()),
        known(set, set.polytope().support().length),
        known(set, set.polytope().supportRank().value()),
        set.alphaSum() * task.lossScale());
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

  /**
   * What decides uniqueness ({@link Uniqueness}).
   *
   * @param reason the deciding step, in words
   * @param witness two different optima; left out where there are none
   */
  public record Decision(
      String reason,
      boolean proven,
      int candidates,
      int rank,
      double lastSingularValueKept,
      double firstSingularValueDropped,
      double rankTolerance,
      boolean rankCertain,
      double perturbation,
      double accuracy,
      double delta,
      double nextRatio,
      double relativeGap,
      @JsonInclude(JsonInclude.Include.NON_NULL) TwoOptima witness)
      implements java.io.Serializable {
    static Decision of(Uniqueness uniqueness) {
      Rank rank = uniqueness.rank();
      Witness witness = uniqueness.witness();
      return new Decision(
          uniqueness.reason(),
          uniqueness.proven(),
          uniqueness.candidates(),
          rank.value(),
          rank.lastKept(),
          rank.firstDropped(),
          rank.tolerance(),
          rank.certain(),
          uniqueness.perturbation(),
          uniqueness.accuracy(),
          uniqueness.delta(),
          uniqueness.nextRatio(),
          uniqueness.relativeGap(),
          witness == null
              ? null
              : new TwoOptima(witness.distance(), witness.relativeGap(), witness.difference()));
    }
  }

  /** How far two optimal networks are apart ({@link Witness}). */
  public record TwoOptima(double distance, double relativeGap, double objectiveDifference)
      implements java.io.Serializable {}
}
