package org.relupath.spark.optimal;

/**
 * How well a network does on training, held-out and test rows; null for what was not measured.
 *
 * @param trainMse mean squared error on the training rows
 * @param validMse on held-out rows
 * @param testMse on test rows
 * @param trainAccuracy share of training rows with the right label, where it has two values
 * @param validAccuracy of held-out rows
 * @param testAccuracy of test rows
 */
public record Measures(
    Double trainMse,
    Double validMse,
    Double testMse,
    Double trainAccuracy,
    Double validAccuracy,
    Double testAccuracy) {}
