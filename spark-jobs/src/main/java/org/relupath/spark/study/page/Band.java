package org.relupath.spark.study.page;

/**
 * One figure along a grid of lambdas, over repetitions: its mean and its middle half.
 *
 * @param mean one number a lambda; not to be changed
 * @param low the lower quartiles
 * @param high the upper quartiles
 */
@SuppressWarnings("ArrayRecordComponent") // numbers to draw, never compared as a whole
public record Band(double[] mean, double[] low, double[] high) {}
