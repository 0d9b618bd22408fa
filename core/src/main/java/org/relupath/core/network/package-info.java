/**
 * The maps between blocks of a convex program and neurons of a network, and the file a user takes
 * away: a network in raw features (design.md sections 1 and 4).
 */
package org.relupath.core.network;
