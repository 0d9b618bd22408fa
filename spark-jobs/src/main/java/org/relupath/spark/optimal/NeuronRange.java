package org.relupath.spark.optimal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A neuron that optimal networks may have, and how large it can be: its norm, the sum of ||w_b||
 * over its blocks, over all optimal networks and in some of them. Its alpha is that divided by
 * lambda.
 *
 * @param blocks ids of its blocks
 * @param sign s of its output weight, +1 or -1
 * @param norm its norm in the solution
 * @param minNorm its least norm in an optimal network
 * @param maxNorm its largest
 * @param ray its direction, of length one; not to be changed
 * @param inSmallest its norm in the optimal network of least width
 * @param inLeastNorm in the optimal network of least norm
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a neuron, never compared
public record NeuronRange(
    List<Integer> blocks,
    int sign,
    double norm,
    double minNorm,
    double maxNorm,
    @JsonIgnore double[] ray,
    @JsonIgnore double inSmallest,
    @JsonIgnore double inLeastNorm)
    implements java.io.Serializable {
  /** Features that a neuron is told by. */
  private static final int NAMED = 2;

  /**
   * The features that it weighs most, with their signs, as in {@code adds age +, height −}.
   *
   * @param features names of the columns of X; of further ones the number is said
   */
  String inWords(List<String> features) {
    return (sign > 0 ? "adds " : "subtracts ")
        + String.join(
            ", ",
            IntStream.range(0, ray.length)
                .filter(i -> ray[i] != 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(ray[i])))
                .limit(NAMED)
                .map(
                    i ->
                        (i < features.size() ? features.get(i) : "column " + (i + 1))
                            + (ray[i] > 0 ? " +" : " −"))
                .toList());
  }
}
