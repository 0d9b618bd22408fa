package org.relupath.core.solve;

import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.pricing.Certificate;

/**
 * What a solve returns. Look at {@link #status} and {@link #certificate} before using the weights.
 *
 * @param weights the non-zero blocks, by id
 * @param certificate the proof over all blocks of the program, of exactly these weights
 * @param status how the solve ended
 * @param iterations augmented Lagrangian steps
 * @param newtonSteps Newton systems solved
 * @param seconds wall time
 */
public record Solution(
    BlockWeights weights,
    Certificate certificate,
    Status status,
    int iterations,
    int newtonSteps,
    double seconds)
    implements java.io.Serializable {
  /** This solution with its weights in other blocks' names, or other coordinates. */
  Solution withWeights(BlockWeights own) {
    return new Solution(own, certificate, status, iterations, newtonSteps, seconds);
  }
}
