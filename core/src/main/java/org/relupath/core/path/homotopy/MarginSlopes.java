package org.relupath.core.path.homotopy;

import java.util.Map;
import java.util.TreeMap;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.path.piece.ConeFace;
import org.relupath.core.path.piece.Neuron;
import org.relupath.core.path.piece.Optimality;
import org.relupath.core.path.piece.Piece;
import org.relupath.core.path.piece.PiecePoint;
import org.relupath.core.program.Block;
import org.relupath.core.program.pricing.ProjectedCorrelation;

/**
 * The derivatives of {@link Margins} with respect to lambda at the base of a piece, value by value.
 * Scales that hardly move (sum ||w||, ||c_b||) count as fixed: zeros do not depend on them.
 */
final class MarginSlopes {
  private final double[][] values;
  private final Map<Integer, Double> rivals = new TreeMap<>();

  private MarginSlopes(int size) {
    this.values = new double[size][];
  }

  static MarginSlopes of(Piece piece, Margins margins, Optimality optimality) {
    MarginSlopes slopes = new MarginSlopes(piece.base().size());
    double sum = 0;
    for (double a : piece.base().norms()) {
      sum += Math.abs(a);
    }
    for (int b = 0; b < slopes.values.length; b++) {
      slopes.values[b] = neuron(piece, b, sum, optimality);
    }
    for (int id : margins.rivals().keySet()) {
      Block block = margins.rival(id);
      slopes.rivals.put(id, rival(piece, block, optimality));
    }
    return slopes;
  }

  private static double[] neuron(Piece piece, int b, double sum, Optimality optimality) {
    PiecePoint base = piece.base();
    Neuron neuron = base.neurons().get(b);
    Matrix x = base.problem().x();
    int n = x.rows();
    int d = x.columns();
    int t = neuron.face().tight().length;
    double[] out = new double[1 + n + t * neuron.members().size()];
    double[] turn = neuron.face().lift(piece.tangent().directions()[b]);
    out[0] = piece.tangent().norms()[b] / sum;
    for (int r = 0; r < n && optimality.coned(); r++) {
      double side = neuron.block().side(r);
      double length = optimality.length(r);
      out[1 + r] = length == 0 ? 0 : side * Vectors.dot(x.values(), r * d, turn, 0, d) / length;
    }
    for (int i = 0; i < neuron.members().size() && t > 0; i++) {
      multipliers(piece, b, neuron.members().get(i), turn, optimality, out, 1 + n + i * t);
    }
    return out;
  }

  /** d(rho) from v - c_b = lambda r - c_b = sum of rho_r a_r. */
  private static void multipliers(
      Piece piece,
      int b,
      Block member,
      double[] turn,
      Optimality optimality,
      double[] out,
      int at) {
    PiecePoint base = piece.base();
    ConeFace face = base.neurons().get(b).face();
    double size = Vectors.norm(optimality.projector().correlation(member, base.residual()));
    double[] push = base.ray(b);
    Vectors.axpy(base.lambda(), turn, 0, push, 0, push.length);
    double[] dc = optimality.projector().correlation(member, piece.tangent().residual());
    Vectors.axpy(-1, dc, 0, push, 0, push.length);
    double[] g = face.coefficients(push);
    for (int l = 0; l < g.length; l++) {
      int r = face.tight()[l];
      out[at + l] = member.side(r) * g[l] * optimality.length(r) / size;
    }
  }

  /**
   * d(1 - ||v_b|| / lambda): the projection itself may be held fixed, d||v_b|| = v_b'dc / ||v||.
   */
  private static double rival(Piece piece, Block block, Optimality optimality) {
    PiecePoint base = piece.base();
    ProjectedCorrelation projected = optimality.projector().project(block, base.residual());
    double[] dc = optimality.projector().correlation(block, piece.tangent().residual());
    double lambda = base.lambda();
    double growth = projected.norm() == 0 ? 0 : Vectors.dot(projected.v(), dc) / projected.norm();
    return projected.norm() / (lambda * lambda) - growth / lambda;
  }

  double[] values(int b) {
    return values[b];
  }

  /** By block id, for the rivals of the margins. */
  Map<Integer, Double> rivals() {
    return rivals;
  }
}
