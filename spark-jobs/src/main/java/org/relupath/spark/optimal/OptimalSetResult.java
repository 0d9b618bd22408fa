package org.relupath.spark.optimal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.List;
import java.util.Map;
import org.relupath.core.program.BlockWeights;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.analysis.SensitivitySummary;
import org.relupath.spark.analysis.SmallestWidth;
import org.relupath.spark.config.AnalysisSettings;

/**
 * What was found out about all optimal networks at one lambda, in the units of the loss scaling, as
 * optimal-set.json has it.
 *
 * @param polished a solution
 * @param columns which blocks an optimal network may use
 * @param figures sizes and uniqueness
 * @param smallestWidth neurons of the smallest network found
 * @param least whether there is no smaller one; without a bound where a face was searched
 * @param vertices minimal networks: norms of the neurons
 * @param verticesComplete whether these are all
 * @param samples networks drawn from all optimal ones: norms of the neurons
 * @param validDisagreement how far two optimal networks can be apart on a held-out row, or null
 * @param testDisagreement how far two optimal networks can be apart on a test row, or null
 * @param sensitivity of the optimal network to lambda and the targets
 * @param extremes for each neuron how large it can be, in the order of {@code vertices}' entries
 * @param ratios ||v_b|| / lambda of all blocks of the program, by id
 * @param candidates chosen networks by the name of the rule
 * @param picture the set where its dimension is small enough to draw, else null
 * @param onValid predictions of all optimal networks on held-out rows, or null
 * @param onTest those on test rows, or null
 * @param seconds taken
 */
public record OptimalSetResult(
    @JsonUnwrapped PolishedSolution polished,
    AnalysisSettings.Columns columns,
    @JsonUnwrapped OptimalSetSummary figures,
    int smallestWidth,
    @JsonUnwrapped SmallestWidth least,
    @JsonSerialize(converter = Size.class) List<double[]> vertices,
    boolean verticesComplete,
    @JsonSerialize(converter = Size.class) List<double[]> samples,
    Double validDisagreement,
    Double testDisagreement,
    SensitivitySummary sensitivity,
    List<NeuronRange> extremes,
    @JsonIgnore List<BlockRatio> ratios,
    @JsonIgnore Map<String, BlockWeights> candidates,
    @JsonIgnore PolytopePicture picture,
    @JsonIgnore PredictionRanges onValid,
    @JsonIgnore PredictionRanges onTest,
    @JsonIgnore double seconds)
    implements java.io.Serializable {
  /** Json has how many there are; the networks are in files of their own. */
  static final class Size extends StdConverter<List<?>, Integer> {
    @Override
    public Integer convert(List<?> networks) {
      return networks.size();
    }
  }
}
