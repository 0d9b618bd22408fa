package org.relupath.spark.train.program;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.relupath.core.path.CertifiedPath;
import org.relupath.core.path.CertifiedPathSolver;
import org.relupath.core.path.GapBound;
import org.relupath.core.path.PathPoint;
import org.relupath.core.solve.Status;
import org.relupath.spark.config.LambdaSettings;

/**
 * A path, what is certified between its lambdas, and whether that is what was asked for.
 *
 * @param points largest lambda first
 * @param bounds one fewer: bound k holds from point k to the next, lambdas in the units of the loss
 *     scaling and gaps in those of ||y||^2/2; null where they were not computed
 * @param epsilon the bound asked for at every lambda; empty where a gap at those of a grid was
 * @param tolerance the relative gap that solved lambdas aim at
 * @param solves programs solved, also of lambdas that did not come to anything
 */
public record SolvedPath(
    List<PathPoint> points,
    List<GapBound> bounds,
    OptionalDouble epsilon,
    double tolerance,
    int solves) {

  /** Lambdas of a grid, solved to a gap each, of which nothing is said of those in between. */
  public static SolvedPath ofGrid(List<PathPoint> points, double tolerance) {
    return new SolvedPath(points, null, OptionalDouble.empty(), tolerance, points.size());
  }

  /** What few lambdas certify of all in between. */
  static SolvedPath certified(
      Program program, CertifiedPath path, LambdaSettings lambda, double tolerance) {
    double epsilon = lambda.certify().orElseThrow();
    double knots = Math.min(tolerance, CertifiedPathSolver.tolerance(epsilon));
    List<GapBound> bounds = relative(program, path.bounds());
    return new SolvedPath(path.points(), bounds, lambda.certify(), knots, path.solves());
  }

  /** What lambdas of a grid, solved to a gap each, say about those in between. */
  public static SolvedPath of(Program program, List<PathPoint> points, double tolerance) {
    List<GapBound> bounds = relative(program, GapBound.along(program.convex().problem(), points));
    int solves = (int) points.stream().filter(PathPoint::solved).count();
    return new SolvedPath(points, bounds, OptionalDouble.empty(), tolerance, solves);
  }

  private static List<GapBound> relative(Program program, List<GapBound> bounds) {
    double whole = program.convex().problem().zeroObjective();
    // Where y = 0 every gap is 0, in whatever units.
    return bounds.stream()
        .map(bound -> bound.inUnits(program.lossScale(), whole > 0 ? whole : 1))
        .toList();
  }

  /** epsilon, null where none was asked for. */
  public Double asked() {
    return epsilon.isPresent() ? (Double) epsilon.getAsDouble() : null;
  }

  /** The largest gap from a lambda to the next in units of ||y||^2/2; null for the last. */
  public Double certifiedGap(int index) {
    return bounds != null && index < bounds.size() ? (Double) bounds.get(index).max() : null;
  }

  /** The largest gap of the whole range. */
  public double worst() {
    return bounds.stream().mapToDouble(GapBound::max).max().orElse(0);
  }

  /** How far a lambda is what was asked for. */
  public Status status(int index) {
    Status own = points.get(index).solution().status();
    if (epsilon.isEmpty()) {
      return own;
    }
    boolean above = index == 0 || bounds.get(index - 1).atLower() <= epsilon.getAsDouble();
    boolean below = index == bounds.size() || certifiedGap(index) <= epsilon.getAsDouble();
    return above && below ? Status.OPTIMAL : own == Status.OPTIMAL ? Status.ALMOST : own;
  }

  /** What {@code optimal} means for this path. */
  public String criterion() {
    return epsilon.isPresent()
        ? String.format(
            Locale.ROOT,
            "the interpolated objective at every lambda of the range within %s ||y||^2/2 of"
                + " optimal",
            epsilon.getAsDouble())
        : String.format(Locale.ROOT, "relativeGap at most %s at every lambda", tolerance);
  }
}
