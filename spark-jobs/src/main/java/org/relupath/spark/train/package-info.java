/**
 * From rows and settings to certified networks: the convex program, its solver on one of the
 * engines, and the way back from solutions to networks on raw features.
 */
package org.relupath.spark.train;
