/**
 * Regularization paths: the grid of lambdas, warm starts from one to the next, and certified
 * interpolation between solved lambdas.
 */
package org.relupath.core.path;
