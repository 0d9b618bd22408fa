package org.relupath.core.prune;

import java.util.List;

/**
 * Networks of falling width, from the one that pruning began with down to the one without neurons.
 *
 * <p>Widths fall by one, or by more where a correction brought further neurons to zero.
 *
 * @param method how the next neuron was chosen
 * @param correction what became of the others
 * @param steps widest first; at least the zero network
 */
public record PruningCurve(PruningMethod method, Correction correction, List<PrunedNetwork> steps) {

  /** Makes the list unmodifiable. */
  public PruningCurve {
    steps = List.copyOf(steps);
  }

  /**
   * The widest network of at most {@code width} neurons.
   *
   * @throws IllegalArgumentException if width is negative
   */
  public PrunedNetwork within(int width) {
    return steps.stream()
        .filter(step -> step.width() <= width)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("width " + width + ", expected >= 0"));
  }
}
