/**
 * Regularization paths: the grid of lambdas, warm starts from one to the next, and certified
 * interpolation between solved lambdas. Smooth pieces of the path are in {@code path.piece}, and
 * the events between them in {@code path.homotopy}.
 */
package org.relupath.core.path;
