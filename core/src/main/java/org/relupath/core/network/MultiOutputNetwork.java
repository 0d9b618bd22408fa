package org.relupath.core.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preparation;
import org.relupath.core.program.Model;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;

/**
 * A network of K outputs over the same raw features: of classes one a class, whose score says how
 * much the row is of it rather than of any other, or one a label column.
 *
 * <pre>
 * F(x) = (f_1(x), ..., f_K(x)),   class of x = the class of the largest f_k(x), the first of equal ones
 * </pre>
 *
 * <p>Every neuron is one of a single output: F is K networks of one output side by side. Where each
 * of them is optimal, F is among networks of such neurons; those that outputs share are others.
 *
 * @param names what the outputs are called, distinct: the classes or the label columns
 * @param networks K, at least 2, of one model, with the same inputs and preparation
 * @param classes the K labels, all of them texts or all numbers, distinct; empty where outputs are
 *     label columns
 */
public record MultiOutputNetwork(List<String> names, List<Network> networks, List<?> classes)
    implements StoredNetwork, java.io.Serializable {
  /** Checks that the networks fit together. */
  public MultiOutputNetwork {
    names = List.copyOf(names);
    networks = List.copyOf(networks);
    classes = List.copyOf(classes);
    int k = networks.size();
    require(k >= 2, "has " + k + " outputs", "two or more");
    require(names.size() == k, "has " + names.size() + " names", "one for each of " + k);
    require(names.stream().distinct().count() == k, "outputs are named " + names, "distinct names");
    require(
        classes.isEmpty() || classes.size() == k,
        "has " + classes.size() + " classes",
        "one for each of " + k + " outputs");
    boolean alike =
        classes.stream().allMatch(String.class::isInstance)
            || classes.stream().allMatch(Double.class::isInstance);
    require(
        alike && classes.stream().distinct().count() == classes.size(),
        "classes are " + classes,
        "distinct texts, or distinct numbers");
    Network first = networks.get(0);
    for (int i = 1; i < k; i++) {
      Network own = networks.get(i);
      require(
          own.model() == first.model()
              && own.inputs().equals(first.inputs())
              && stored(own.preparation()).equals(stored(first.preparation())),
          "output '" + names.get(i) + "' has another model, other inputs or preparation",
          "those of '" + names.get(0) + "'");
    }
  }

  private static void require(boolean fits, String has, String expected) {
    if (!fits) {
      throw new IllegalArgumentException("network: " + has + ", expected " + expected);
    }
  }

  private static ArrayNode stored(Preparation preparation) {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    PreparationNodes.write(preparation, nodes);
    return nodes;
  }

  /** K, the number of outputs. */
  public int size() {
    return networks.size();
  }

  @Override
  public Model model() {
    return networks.get(0).model();
  }

  @Override
  public List<String> inputs() {
    return networks.get(0).inputs();
  }

  @Override
  public Preparation preparation() {
    return networks.get(0).preparation();
  }

  /** The number of neurons of all outputs. */
  @Override
  public int width() {
    return networks.stream().mapToInt(Network::width).sum();
  }

  @Override
  public Matrix scores(Design raw) {
    Matrix scores = Matrix.zeros(raw.rows(), size());
    for (int k = 0; k < size(); k++) {
      double[] own = networks.get(k).predict(raw);
      for (int r = 0; r < own.length; r++) {
        scores.values()[r * size() + k] = own[r];
      }
    }
    return scores;
  }

  /**
   * The probabilities of classes, n x K, of raw scores (n x K): see {@link PlattScaling#ofClasses}.
   * Null where an output has none.
   */
  public Matrix probabilities(Matrix scores) {
    List<PlattScaling> scalings =
        networks.stream()
            .map(own -> Calibration.scaling(own.calibration()))
            .filter(Objects::nonNull)
            .toList();
    if (scalings.size() < size()) {
      return null;
    }
    Matrix probabilities = Matrix.zeros(scores.rows(), size());
    for (int r = 0; r < scores.rows(); r++) {
      double[] own = PlattScaling.ofClasses(scalings, scores.row(r));
      System.arraycopy(own, 0, probabilities.values(), r * size(), size());
    }
    return probabilities;
  }

  /** For each row of scores (n x K) the output whose score is largest, the first of equal ones. */
  public static int[] largest(Matrix scores) {
    return IntStream.range(0, scores.rows())
        .map(
            r -> {
              int best = 0;
              for (int k = 1; k < scores.columns(); k++) {
                best = scores.get(r, k) > scores.get(r, best) ? k : best;
              }
              return best;
            })
        .toArray();
  }
}
