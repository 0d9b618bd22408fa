/**
 * Whether a given network is a stationary point of its regularised loss, neuron by neuron, and the
 * direction of steepest descent where it is not.
 */
package org.relupath.core.audit.stationarity;
