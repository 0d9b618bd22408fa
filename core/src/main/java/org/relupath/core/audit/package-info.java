/**
 * Critical points: what can be said of a two-layer network that was trained by anything. Whether it
 * is stationary, and along which direction it is not; the convex program sub-sampled to its own
 * patterns; bounds over pattern sets and over all networks; and, on tiny data, every critical value
 * (design.md section 1).
 */
package org.relupath.core.audit;
