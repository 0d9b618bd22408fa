package org.relupath.core.path;

import java.util.List;

/**
 * Solved lambdas whose interpolated networks are certified at every lambda in between.
 *
 * @param points the solved lambdas, largest first; the first is lambda_max with the zero network
 * @param bounds bound k holds from point k to point k + 1
 * @param solves programs solved for it; lambda_max takes none
 */
public record CertifiedPath(List<PathPoint> points, List<GapBound> bounds, int solves) {

  /** Copies the lists. */
  public CertifiedPath {
    points = List.copyOf(points);
    bounds = List.copyOf(bounds);
    if (bounds.size() != points.size() - 1) {
      throw new IllegalArgumentException(
          points.size() + " lambdas have " + bounds.size() + " bounds in between");
    }
  }

  /** The largest bound of F - min F over the whole range. */
  public double max() {
    return bounds.stream().mapToDouble(GapBound::max).max().orElse(0);
  }
}
