package org.relupath.core.path.homotopy;

import org.relupath.core.program.Block;

/**
 * One of the numbers that are positive inside a piece and whose first zero ends it.
 *
 * @param kind what happens there
 * @param neuron the neuron's place in its support; -1 for a block that enters
 * @param block the block that enters, or the member whose row loosens; else the neuron's first
 * @param row the row, -1 for none
 */
record Margin(Event.Kind kind, int neuron, Block block, int row) {}
