/**
 * The maps between blocks of a convex program and neurons of a network, and the file a user takes
 * away: a network in raw features (core/docs/mathematics.md#convex-programs).
 */
package org.relupath.core.network;
