package org.relupath.spark.audit;

import org.relupath.core.audit.Audit;
import org.relupath.core.audit.Auditor;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.path.PatternGathering;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.solve.Settings;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;

/**
 * A network, its rows, and the patterns that it is audited against; lambdas are in the solver's
 * units.
 *
 * @param audited the network and its rows in the coordinates of the solver
 * @param drawn gates to begin with
 * @param search for adaptive ones, or null
 * @param settings of gates and limits
 */
public record NetworkAudit(
    AuditedNetwork audited, Matrix drawn, PatternSearch search, RunSettings settings) {
  /**
   * Finds the first gates where these are adaptive.
   *
   * @param drawn gates that were drawn or read
   */
  public static NetworkAudit of(AuditedNetwork audited, Matrix drawn, RunSettings settings) {
    boolean adapts = settings.model().gateSource().adapts();
    PatternSearch search = adapts ? PatternClimb.search(audited.problem()) : null;
    return new NetworkAudit(
        audited,
        adapts ? gathering(audited.problem(), drawn, settings).first(search) : drawn,
        search,
        settings);
  }

  /** How adaptive gates are gathered. */
  private static PatternGathering gathering(Problem problem, Matrix initial, RunSettings settings) {
    GateSource.Search search = settings.model().gateSource().search();
    return new PatternGathering(
        problem,
        initial,
        settings.model().gates(),
        search.starts(),
        settings.model().seed(),
        settings.solver().limits().withTolerance(search.tolerance()));
  }

  /**
   * The smallest lambda over the gates to begin with whose network is zero.
   *
   * @throws BadInputException where that is 0, and no share of it a lambda
   */
  public double lambdaMax() {
    Problem problem = audited.problem();
    Patterns patterns = Patterns.of(problem.sides(), drawn);
    double lambdaMax = new Pricer(new ConvexProgram(problem, patterns)).maxNorm(problem.y());
    if (lambdaMax == 0) {
      throw new BadInputException("--lambda-ratio: lambda_max is 0, expected --lambda");
    }
    return lambdaMax;
  }

  /** Audits at a lambda. */
  public Audit at(double lambda) {
    Matrix gates =
        search == null
            ? drawn
            : gathering(audited.problem(), drawn, settings)
                .gather(new double[] {lambda}, search, point -> {})
                .gates();
    return new Auditor(audited.problem(), lambda, limits(settings))
        .audit(audited.neurons(), gates, settings.analysis().enumerationLimit());
  }

  /** Optimal networks are told from others at gaps of 1e-10. */
  private static Settings limits(RunSettings settings) {
    Settings limits = settings.solver().limits();
    return limits.withTolerance(Math.min(limits.tolerance(), 1e-10));
  }
}
