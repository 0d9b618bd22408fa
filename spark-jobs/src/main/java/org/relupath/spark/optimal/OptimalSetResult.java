package org.relupath.spark.optimal;

import java.util.List;
import java.util.Map;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.solve.Solution;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.SensitivitySummary;

/**
 * What was found out about all optimal networks at one lambda.
 *
 * @param index of the lambda in its path
 * @param solution a solution to a gap near 1e-12
 * @param figures sizes and uniqueness
 * @param smallestWidth neurons of the smallest network found
 * @param widthBound no optimal network has fewer; null where that is not certain, or a face was
 *     searched
 * @param provenSmallest whether the two are proven equal
 * @param provenBy how
 * @param neurons for each neuron how large it can be, in the order of {@code vertices}' entries
 * @param ratios ||v_b|| / lambda of all blocks of the program, by id
 * @param candidates chosen networks by the name of the rule
 * @param vertices minimal networks: weights of the neurons
 * @param verticesComplete whether these are all
 * @param samples networks drawn from all optimal ones: weights of the neurons
 * @param picture the set over blocks where that is small enough to draw, else null
 * @param sensitivity of the optimal network to lambda and the targets
 * @param validDisagreement how far two optimal networks can be apart on a held-out row, or null
 * @param testDisagreement how far two optimal networks can be apart on a test row, or null
 * @param seconds taken
 */
public record OptimalSetResult(
    int index,
    Solution solution,
    OptimalSetSummary figures,
    int smallestWidth,
    Integer widthBound,
    boolean provenSmallest,
    String provenBy,
    List<NeuronRange> neurons,
    List<BlockRatio> ratios,
    Map<String, BlockWeights> candidates,
    List<double[]> vertices,
    boolean verticesComplete,
    List<double[]> samples,
    PolytopePicture picture,
    SensitivitySummary sensitivity,
    Double validDisagreement,
    Double testDisagreement,
    double seconds)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;
}
