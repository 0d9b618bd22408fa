/**
 * One smooth piece of the regularization path: the neurons that are active on it, the faces of
 * activation cones that they move in, and the linear system that says how they move with lambda and
 * with the targets.
 */
package org.relupath.core.path.piece;
