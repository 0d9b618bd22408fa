/**
 * The path followed from event to event: where a neuron leaves, a block enters, or a row of X
 * tightens or loosens; and the derivatives of optima at points between events.
 */
package org.relupath.core.path.homotopy;
