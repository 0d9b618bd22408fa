/**
 * What can be said of a two-layer network that was trained by anything: the convex program
 * sub-sampled to its own patterns, and bounds over pattern sets and over all networks
 * (core/docs/audit.md#critical-points). Whether it is stationary, and along which direction it is
 * not, is in {@code audit.stationarity}; on tiny data every critical value is in {@code
 * audit.critical}.
 */
package org.relupath.core.audit;
