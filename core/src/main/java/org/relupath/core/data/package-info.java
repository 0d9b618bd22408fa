/**
 * Where everything begins: the design matrix X, the targets y, and the preprocessing that turns raw
 * columns into the X and y a solver sees and folds it back out of a trained network
 * (core/docs/mathematics.md#preprocessing).
 */
package org.relupath.core.data;
