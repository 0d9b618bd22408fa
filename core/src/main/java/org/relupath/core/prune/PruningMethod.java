package org.relupath.core.prune;

/**
 * Which neuron of a network goes next: the one of the smallest score, the first of them where
 * scores are equal. In the notation of {@link NeuronFits}, with u = y - M beta of the network as it
 * is now; scores are computed anew for every removal, as in the paper's experiments (section 5,
 * figure 2, whose code scores the convex weights w_b).
 */
public enum PruningMethod {
  /**
   * beta_b = ||w_b||, which for the balanced network is ||W_b|| |a_b| and ||W_b||^2: the size of
   * the weights.
   */
  MAGNITUDE,

  /**
   * |w_b' dL/dw_b| = beta_b |m_b'u|, L = 1/2 ||M beta - y||^2: what the loss changes to first order
   * when w_b is dropped.
   *
   * <p>At an optimum m_b'u = lambda for every active neuron, so the first choice is that of {@link
   * #MAGNITUDE}. The published code squares and sums the products entry by entry, which depends on
   * the axes of feature space, and takes the gradient of the penalised objective, which vanishes at
   * an optimum, so that rounding makes its first choice.
   */
  GRADIENT,

  /** beta_b ||m_b|| = ||Z_b w_b||: the size of the fit. */
  ACTIVATION,

  /**
   * min over c of ||beta_b m_b - sum over other c_i m_i||: the part of the fit that the other
   * neurons cannot take over.
   *
   * <p>With any correction but {@link Correction#NONE} the removal is the best single one there is:
   * from a network whose neurons are a least-squares fit of the correction's target the smallest
   * score is the least possible loss of fit, and the refit keeps beta >= 0 by itself, because a
   * coefficient above the dropped neuron's own would make its neuron the better one to drop.
   */
  RESIDUAL,

  /** Uniform among the neurons left, from a seed. */
  RANDOM
}
