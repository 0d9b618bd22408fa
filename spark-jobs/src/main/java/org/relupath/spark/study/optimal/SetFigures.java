package org.relupath.spark.study.optimal;

import org.relupath.core.solve.Status;

/**
 * The optimal networks of one split; null for what is not known.
 *
 * @param columns blocks that they may use: {@code all} of the equicorrelation set, or the {@code
 *     support} of the one solution that was found
 * @param lambda in the units of the loss scaling
 * @param lambdaRatio as a share of lambda_max
 * @param relativeGap of the solution
 * @param status how its solve to a gap near 1e-12 ended
 * @param resolved whether other optimal networks than the solution were looked for
 * @param activeBlocks of the solution
 * @param unique whether there is one optimal network: {@code true}, {@code false} or {@code
 *     uncertain}
 * @param uniqueProven whether that is proven, rather than told from singular values far above
 *     rounding
 * @param dimension of the set over blocks; dimensions are null where they are not beyond doubt
 * @param mergedDimension over neurons, blocks of one ray counted once
 * @param functionDimension of the functions that the networks compute
 * @param equicorrelated blocks that may be active
 * @param neurons that are active in some optimal network
 * @param smallestWidth neurons of the smallest network found
 * @param provenSmallest whether no optimal network has fewer
 * @param validDisagreement how far two of them are apart on a held-out row, at most
 * @param testDisagreement on a test row
 */
public record SetFigures(
    String columns,
    double lambda,
    double lambdaRatio,
    double relativeGap,
    Status status,
    boolean resolved,
    int activeBlocks,
    String unique,
    boolean uniqueProven,
    Integer dimension,
    Integer mergedDimension,
    Integer functionDimension,
    int equicorrelated,
    Integer neurons,
    int smallestWidth,
    boolean provenSmallest,
    Double validDisagreement,
    Double testDisagreement) {}
