/**
 * What scores are worth: measures of two-valued labels, probabilities and thresholds made of
 * held-out scores, and the linear regression that networks are measured beside.
 */
package org.relupath.core.score;
