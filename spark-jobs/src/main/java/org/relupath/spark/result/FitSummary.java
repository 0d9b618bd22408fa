package org.relupath.spark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.relupath.spark.analysis.LambdaAnalysis;
import org.relupath.spark.train.program.DecomposedNetwork;

/**
 * summary.json of a fit; what is null is left out.
 *
 * @param network the network and its proof
 * @param search of all patterns
 * @param analysis of all optimal networks
 * @param decomposition where the network came from, if it was made by cone decomposition
 * @param criterion what the status {@code optimal} means
 * @param run where and how long
 * @param rowsDrawn how many training rows the report draws, where not all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FitSummary(
    @JsonUnwrapped NetworkSummary network,
    SearchSummary search,
    @JsonUnwrapped LambdaAnalysis analysis,
    DecomposedNetwork.Origin decomposition,
    String criterion,
    @JsonUnwrapped RunSummary run,
    Integer rowsDrawn) {}
