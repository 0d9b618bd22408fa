package org.relupath.spark.study.page;

/**
 * What a study found for one data set, model and number of gates.
 *
 * @param dataSet the data set's name; plain text
 * @param name of the model and gates, such as {@code relu, 500 gates}; plain text
 * @param ratios lambda over lambda_max, decreasing; not to be changed
 * @param heldError mean squared error on held-out rows, or null
 * @param trainError mean squared error on training rows
 * @param heldAccuracy share of held-out rows with the right label, or null
 * @param neurons width of the networks
 * @param best position of the smallest mean held-out error
 * @param sparse position of the largest lambda within one standard error of it
 * @param standardError of the mean held-out error at {@code best}
 * @param chosen whether the study's network of this data set and model is of this curve
 */
@SuppressWarnings("ArrayRecordComponent") // numbers to draw, never compared as a whole
public record StudyCurve(
    String dataSet,
    String name,
    double[] ratios,
    Band heldError,
    Band trainError,
    Band heldAccuracy,
    Band neurons,
    int best,
    int sparse,
    double standardError,
    boolean chosen) {}
