package org.relupath.spark.jobs;

import java.util.Optional;
import org.relupath.core.gates.PatternEnumeration;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.Certificate;
import org.relupath.core.program.Certifier;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.GlobalBound;
import org.relupath.core.program.LowerBound;
import org.relupath.core.program.Model;
import org.relupath.core.program.Pricer;
import org.relupath.core.program.Problem;
import org.relupath.core.solve.Solution;

/**
 * Lower bounds of the objectives of all networks, of any width and with any patterns, that the
 * solutions of one program prove; in the solver's units.
 *
 * <p>Where the program has a block for every cell of X, the bound of C-ReLU is its own dual value
 * ({@link PatternEnumeration}). That of C-GReLU takes the patterns on the boundaries of cells as
 * well: its dual point is scaled to those too, if there are no more of them than may be enumerated.
 * All other bounds are those of {@link GlobalBound}.
 */
final class LowerBounds {
  private final Problem problem;
  private final boolean enumerated;
  private final Pricer everyGate;
  private final GlobalBound others;

  /** Bounds for a program's solutions. */
  LowerBounds(Training training, ModelSettings settings) {
    this.problem = training.program().problem();
    this.enumerated = training.enumerated();
    boolean gated = settings.model() == Model.GATED;
    Optional<Patterns> all =
        enumerated && gated
            ? PatternEnumeration.everyGateWithin(problem.x(), settings.gateSource().limit())
            : Optional.empty();
    this.everyGate = all.map(p -> new Pricer(new ConvexProgram(problem, p))).orElse(null);
    this.others = enumerated && (!gated || everyGate != null) ? null : new GlobalBound(problem);
  }

  /** The bound that a solution's residual proves. */
  LowerBound of(Solution solution) {
    Certificate certificate = solution.certificate();
    if (enumerated && problem.model() == Model.RELU) {
      return new LowerBound(certificate.dualObjective(), LowerBound.Source.ENUMERATION);
    }
    double[] u = new Certifier(problem).residual(solution.weights());
    double lambda = certificate.lambda();
    if (everyGate == null) {
      return others.of(u, lambda);
    }
    double value = GlobalBound.scaled(u, problem.y(), lambda, everyGate.maxNorm(u));
    return new LowerBound(value, LowerBound.Source.ENUMERATION);
  }

  /** (objective - bound) / objective: how far above the best network of all this one may be. */
  static double gap(double objective, double lowerBound) {
    return Certificate.relativeGap(objective, lowerBound);
  }

  /** Whether no network of any width and with any patterns is better by more than the tolerance. */
  static boolean isGlobal(RunSettings settings, double objective, double lowerBound) {
    return gap(objective, lowerBound) <= settings.solver().tolerance();
  }

  /** What {@link #isGlobal} means, as a clause for people. */
  static String told(RunSettings settings, boolean global) {
    String model = settings.model().model() == Model.GATED ? "gated" : "ReLU";
    return global ? "; the optimum over all " + model + " networks of any width" : "";
  }
}
