package org.relupath.core.path.piece;

import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;

/**
 * A neuron of a piece of the path: the blocks of one sign whose cones hold one ray, as one.
 *
 * <p>A ray w on a face of K_b lies in the cones of all patterns that differ from b on the zero rows
 * of that face only. Their Z w are the same, so if any of them is active at an optimum then all of
 * them have v_b = lambda w / ||w||: they are one neuron whose weights may be written on any one.
 *
 * @param key identifies the neuron along a path, whatever happens to its face
 * @param members the blocks, by id; those of C-GReLU are one each
 * @param face the face that the neuron moves in
 * @param rows the rows r with D_b active and x_r not zero on the face: all that Z_b N needs
 */
@SuppressWarnings("ArrayRecordComponent") // identity is the key
public record Neuron(int key, List<Block> members, ConeFace face, int[] rows) {

  /** The member of smallest id, which stands for the neuron. */
  public Block block() {
    return members.get(0);
  }

  public boolean hasMember(int id) {
    return members.stream().anyMatch(b -> b.id() == id);
  }

  /** fit += scale Z_b w, for w on the face. */
  public void addFit(double[] x, double scale, double[] w, double[] fit) {
    double signed = scale * block().sign();
    for (int r : rows) {
      fit[r] += signed * Vectors.dot(x, r * w.length, w, 0, w.length);
    }
  }

  /** Z_b'u up to a combination of the zero rows, d entries: N' does not see the difference. */
  double[] correlation(double[] x, int d, double[] u) {
    double[] c = new double[d];
    for (int r : rows) {
      Vectors.axpy(block().sign() * u[r], x, r * d, c, 0, d);
    }
    return c;
  }

  /** N'Z_b'u, d - t entries. */
  double[] reducedCorrelation(double[] x, int d, double[] u) {
    return face.reduce(correlation(x, d, u));
  }
}
