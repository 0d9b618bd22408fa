/**
 * Losses of a fit: their values, the residuals that correlations are taken with, and the dual
 * values that bound optima from below.
 */
package org.relupath.core.loss;
