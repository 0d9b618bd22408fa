package org.relupath.core.audit;

import java.util.Optional;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Problem;

/** Keeps the best of the networks that an audit meets. */
final class BestNetwork {
  /** A smaller difference, relative to the audited objective, is rounding or a solver's gap. */
  private static final double BETTER = 1e-9;

  private final Problem problem;
  private final double lambda;
  private final double given;
  private Improvement best;

  BestNetwork(Problem problem, double lambda, Neurons network) {
    this.problem = problem;
    this.lambda = lambda;
    this.given = network.objective(problem.x(), problem.y(), lambda);
  }

  /** The objective of the audited network. */
  double given() {
    return given;
  }

  /** Keeps a network if it is better than all so far; its objective. */
  double offer(Neurons candidate, Improvement.Source source) {
    double objective = candidate.objective(problem.x(), problem.y(), lambda);
    double bar = best == null ? given : best.objective();
    if (objective < bar - BETTER * given) {
      best = new Improvement(candidate, objective, source);
    }
    return objective;
  }

  Optional<Improvement> improvement() {
    return Optional.ofNullable(best);
  }
}
