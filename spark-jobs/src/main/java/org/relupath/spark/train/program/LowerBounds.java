package org.relupath.spark.train.program;

import java.util.Optional;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.GlobalBound;
import org.relupath.core.program.search.LowerBound;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.ModelSettings;

/**
 * Lower bounds of the objectives of all networks, of any width and with any patterns, that the
 * solutions of one program prove; in the solver's units.
 *
 * <p>Where the program has a block for every cell of X, the bound of C-ReLU is its own dual value
 * ({@link PatternEnumeration}). That of C-GReLU takes the patterns on the boundaries of cells as
 * well: its dual point is scaled to those too, if there are no more of them than may be enumerated.
 * All other bounds are those of {@link GlobalBound}.
 */
public final class LowerBounds {
  /** A gap up to which no other bound is looked for. */
  private static final double CLOSE = 1e-6;

  private final Problem problem;
  private final boolean enumerated;
  private final Pricer everyGate;
  private GlobalBound others;

  /** Bounds for a program's solutions. */
  public LowerBounds(Program program) {
    ModelSettings settings = program.model();
    this.problem = program.convex().problem();
    this.enumerated = program.gates().exhaustive();
    boolean gated = settings.model() == Model.GATED;
    Optional<Patterns> all =
        enumerated && gated
            ? PatternEnumeration.everyGateWithin(
                problem.sides().dense(), settings.gateSource().limit())
            : Optional.empty();
    this.everyGate = all.map(p -> new Pricer(new ConvexProgram(problem, p))).orElse(null);
  }

  /** The best bound that a solution's residual proves. */
  public LowerBound of(Solution solution) {
    Certificate certificate = solution.certificate();
    double[] u = new Certifier(problem).residual(solution.weights());
    LowerBound listed = listed(certificate, u);
    if (listed != null && gap(certificate.objective(), listed.value()) <= CLOSE) {
      return listed;
    }
    others = others == null ? new GlobalBound(problem) : others;
    LowerBound other = others.of(u, certificate.lambda());
    return listed == null || other.value() > listed.value() ? other : listed;
  }

  /** What the list of all patterns proves; null without one. */
  private LowerBound listed(Certificate certificate, double[] u) {
    if (enumerated && problem.model() == Model.RELU) {
      return new LowerBound(certificate.dualObjective(), LowerBound.Source.ENUMERATION);
    }
    if (everyGate == null) {
      return null;
    }
    double norm = everyGate.maxNorm(u);
    double value = GlobalBound.scaled(u, problem.y(), certificate.lambda(), norm);
    return new LowerBound(value, LowerBound.Source.ENUMERATION);
  }

  /** (objective - bound) / objective: how far above the best network of all this one may be. */
  public static double gap(double objective, double lowerBound) {
    // The objective is the written network's: rounding may carry it below the bound.
    return objective == 0 ? 0 : Math.max(0, (objective - lowerBound) / objective);
  }
}
