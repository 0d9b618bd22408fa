package org.relupath.core.prune;

/**
 * What happens to the norms beta of the other neurons when one is dropped. Every correction keeps
 * beta >= 0, so that neurons stay on their rays, in their cones and at their signs.
 *
 * <p>A correction may bring further neurons to zero; they are dropped with the first.
 */
public enum Correction {
  /** Nothing: the neuron's fit is lost. */
  NONE,

  /**
   * The paper's ("Optimal/LS" in its figure 2), a step of optimal pruning along a dependency that
   * holds only approximately. With f_i = beta_i m_i the fits and j the chosen neuron,
   *
   * <pre>
   * c = argmin over c of ||f_j - sum over i != j of c_i f_i||,   c_j = -1,   f_i &lt;- (1 - c_i / c_l) f_i,
   * </pre>
   *
   * <p>l the index of the largest |c_i|. It is neuron l that goes, j itself where every |c_i| &lt;=
   * 1. The fit changes by ||f_j - sum c_i f_i|| / |c_l|, by nothing where fits are dependent.
   */
  DEPENDENCY,

  /**
   * Non-negative least squares on the fit of the network that pruning began with: min over beta >=
   * 0 of ||M beta - yhat||^2 on the neurons left.
   */
  FIT,

  /**
   * The program itself on the rays left: min over beta >= 0 of 1/2 ||M beta - y||^2 + lambda sum
   * beta. No network with these rays has a smaller objective.
   */
  OBJECTIVE
}
