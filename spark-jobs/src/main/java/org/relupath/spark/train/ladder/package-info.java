/**
 * Fits that share their way: networks of one lambda each, reached down a ladder of larger ones that
 * all fits of the same rows and settings have in common.
 */
package org.relupath.spark.train.ladder;
