package org.relupath.core.optimalset;

import java.util.List;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.optimalset.polytope.ColumnSpace;
import org.relupath.core.optimalset.polytope.Rank;

/**
 * The rank of the map from directions of the optimal set to functions: N spans the null space of
 * the unit fits on S_max, Phi holds what these unit neurons compute at generic points, and the rank
 * of Phi N is the dimension of the optimal functions.
 *
 * <p>Singular values are measured against the largest of Phi: a direction that moves predictions by
 * no more than the tolerance of the neurons' own moves none.
 */
final class FunctionRank {
  private FunctionRank() {}

  /**
   * The rank.
   *
   * @param neurons those of S_max
   * @param accuracy see {@link OptimalSet#accuracy}
   * @param seed of the points
   */
  static Rank of(OptimalNeurons neurons, double accuracy, long seed) {
    double tolerance = Rank.tolerance(accuracy);
    ColumnSpace space =
        ColumnSpace.of(neurons.problem().n(), neurons.matrix(), List.of(), accuracy);
    int k = space.columns();
    int directions = space.dependencies();
    if (directions == 0) {
      return new Rank(0, 1, 0, tolerance, space.rank().certain());
    }
    double[] phi = neurons.responses(new GenericPoints(neurons, seed).sample());
    int p = phi.length / k;
    for (int j = 0; j < k; j++) {
      Vectors.scale(1 / space.norms()[j], phi, j * p, p);
    }
    Dense responses = new Dense(p, k, phi);
    double scale = responses.svd().values()[0];
    double[] values = responses.times(new Dense(k, directions, space.basis())).svd().values();
    int rank = 0;
    while (rank < values.length && values[rank] > tolerance * scale) {
      rank++;
    }
    double kept = rank == 0 ? 1 : values[rank - 1] / scale;
    double dropped = rank == values.length ? 0 : values[rank] / scale;
    boolean certain = space.rank().certain() && Rank.apart(kept, dropped, tolerance);
    return new Rank(rank, kept, dropped, tolerance, certain);
  }
}
