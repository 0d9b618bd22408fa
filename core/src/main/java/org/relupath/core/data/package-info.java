/**
 * Where everything begins: the design matrix X, the targets y, and the preprocessing that turns raw
 * columns into the X and y a solver sees and folds it back out of a trained network (design.md
 * section 5).
 */
package org.relupath.core.data;
