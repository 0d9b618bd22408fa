/**
 * Smaller networks: exact pruning to a minimal optimal network, and the smallest of all of them.
 */
package org.relupath.core.prune;
