package org.relupath.core.program;

import org.relupath.core.gates.Patterns;

/**
 * A constrained group lasso (core/docs/mathematics.md#convex-programs):
 *
 * <pre>F(w) = 1/2 ||sum_b Z_b w_b - y||^2 + lambda sum_b ||w_b||,   w_b in K_b,   Z_b = s_b D_b X
 * </pre>
 *
 * <p>with K_b = {w : (2 D_b - I) X w >= 0} for C-ReLU and R^d for C-GReLU. The design [D_1 X ...
 * D_P X] is never formed: everything works on X and pattern bits.
 *
 * @param problem X, y and the model
 * @param patterns P distinct non-zero patterns on the rows of X
 */
public record ConvexProgram(Problem problem, Patterns patterns) implements java.io.Serializable {
  /** Checks that the patterns are on the rows of X. */
  public ConvexProgram {
    if (patterns.rows() != problem.n()) {
      throw new IllegalArgumentException(
          "patterns are on " + patterns.rows() + " rows, X has " + problem.n());
    }
  }

  /** This program with all pattern bits kept in memory, for repeated passes over them. */
  public ConvexProgram kept() {
    return new ConvexProgram(problem, patterns.kept());
  }

  /** This program in coordinates of the {@link RowSpace} of X. */
  public ConvexProgram inRowSpace() {
    return new ConvexProgram(problem.rowSpace().problem(), patterns);
  }

  /** The number of blocks: 2 P for C-ReLU, P for C-GReLU. */
  public int blockCount() {
    return patterns.count() * problem.model().signs();
  }

  /** The pattern of a block. */
  public int patternOf(int block) {
    return block % patterns.count();
  }

  /** The sign of a block. */
  public int signOf(int block) {
    return block < patterns.count() ? 1 : -1;
  }

  /** Block number {@code id} with its bits. */
  public Block block(int id) {
    int b = patternOf(id);
    return new Block(id, b, signOf(id), patterns.bits(b));
  }
}
