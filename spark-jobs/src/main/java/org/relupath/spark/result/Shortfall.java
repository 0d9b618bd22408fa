package org.relupath.spark.result;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.relupath.core.solve.Status;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.program.SolvedPath;

/**
 * Why the results of a run are not what was asked for: of its lambdas the worst, and the reason.
 *
 * @param status of that lambda
 * @param index of that lambda
 * @param reason in words, one line
 */
public record Shortfall(Status status, int index, String reason) {
  /** Worst last. */
  private static final List<Status> ORDER =
      List.of(
          Status.OPTIMAL,
          Status.FEASIBLE,
          Status.ALMOST,
          Status.TIME_LIMIT,
          Status.ITERATION_LIMIT,
          Status.INEXACT);

  /** The worst of some statuses. */
  public static Status worst(List<Status> statuses) {
    return statuses.stream().max(Comparator.comparingInt(ORDER::indexOf)).orElseThrow();
  }

  /** Of a path; null where it is what was asked for. */
  public static Shortfall of(TrainedPath trained, List<PathRow> rows, SolverSettings solver) {
    SolvedPath solved = trained.solved();
    return solved.epsilon().isPresent()
        ? certified(solved, rows, solver, solved.epsilon())
        : of(rows, solver);
  }

  /** Of the lambdas of a grid; null where all of them are optimal. */
  private static Shortfall of(List<PathRow> rows, SolverSettings solver) {
    PathRow worst =
        rows.stream()
            .max(
                Comparator.comparingInt((PathRow row) -> ORDER.indexOf(row.status()))
                    .thenComparingDouble(PathRow::relativeGap))
            .orElseThrow();
    if (worst.status() == Status.OPTIMAL) {
      return null;
    }
    long others = rows.stream().filter(row -> row.status() != Status.OPTIMAL).count();
    String text =
        String.format(
            Locale.ROOT,
            "%d of %d lambdas not optimal, the worst number %d (%.6g): %s",
            others,
            rows.size(),
            worst.index(),
            worst.lambda(),
            reason(
                worst.status(),
                worst.relativeGap(),
                worst.iterations(),
                worst.objective(),
                worst.solverObjective(),
                solver));
    return new Shortfall(worst.status(), worst.index(), text);
  }

  /** Of a path that was to be certified in between; null where it is. */
  private static Shortfall certified(
      SolvedPath path, List<PathRow> rows, SolverSettings solver, OptionalDouble epsilon) {
    Shortfall inexact =
        rows.stream().anyMatch(row -> row.status() == Status.INEXACT) ? of(rows, solver) : null;
    if (inexact != null || path.worst() <= epsilon.orElseThrow()) {
      return inexact;
    }
    Shortfall worst = of(rows, solver);
    String asked =
        String.format(
            Locale.ROOT,
            "certified within %.2e ||y||^2/2, asked for %s",
            path.worst(),
            epsilon.getAsDouble());
    return worst == null
        ? new Shortfall(Status.ALMOST, 0, asked)
        : new Shortfall(worst.status, worst.index, asked + "; " + worst.reason);
  }

  /**
   * Why one network is not optimal; null where it is.
   *
   * @param status how its solve ended, or that of what it was made of
   */
  public static String reason(NetworkCertificate proof, Status status, SolverSettings solver) {
    return status == Status.OPTIMAL
        ? null
        : reason(
            status,
            proof.relativeGap(),
            proof.iterations(),
            proof.objective(),
            proof.solverObjective(),
            solver);
  }

  private static String reason(
      Status status,
      double gap,
      int iterations,
      double objective,
      double certified,
      SolverSettings solver) {
    if (status == Status.INEXACT) {
      return String.format(
          Locale.ROOT,
          "%s, the network as written has the objective %.10g, the certified one is %.10g:"
              + " raw columns too far from zero, or with rows on the border of a gate",
          status.label(),
          objective,
          certified);
    }
    String why =
        status == Status.TIME_LIMIT
            ? "--time-limit ended it"
            : iterations >= solver.limits().maxIterations()
                ? "--max-iterations ended it"
                : "a limit or rounding ended it";
    return String.format(
        Locale.ROOT,
        "%s, relative gap %.1e, asked for %s: %s",
        status.label(),
        gap,
        solver.tolerance(),
        why);
  }
}
