package org.relupath.spark.io.foreign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.StoredNetwork;

/**
 * A network in a .npz file of numpy, its arrays named as the framework has them: {@code W1}, {@code
 * b1}, {@code W2}, {@code b2} in either layout; those of a state_dict of PyTorch, {@code
 * NAME.weight} (outputs x inputs) and {@code NAME.bias}; {@code NAME/kernel} (inputs x outputs) and
 * {@code NAME/bias}; or the weights of Keras in their order, {@code arr_0}, {@code arr_1}, ...
 * Biases may be left out. {@code mean} and {@code scale} say how its inputs were standardised.
 */
public final class NpzNetwork {
  private static final String EXPECTED =
      "W1, b1, W2, b2, or NAME.weight and NAME.bias, NAME/kernel and NAME/bias, or arr_0, arr_1, ..."
          + " of two layers, with mean and scale or without";

  /** A linear layer as a framework has it: its weights, and its bias or null. */
  private record Layer(NpyArray weights, NpyArray bias) {}

  private final Map<String, NpyArray> arrays;
  private final int inputs;

  private NpzNetwork(Map<String, NpyArray> arrays, int inputs) {
    this.arrays = arrays;
    this.inputs = inputs;
  }

  /** Whether a file begins as one does. */
  public static boolean is(byte[] file) {
    return file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] == 3 && file[3] == 4;
  }

  /**
   * Reads a network.
   *
   * @param inputs the columns that are its inputs, in order
   * @throws IllegalArgumentException naming the array that does not fit
   */
  public static StoredNetwork read(byte[] file, List<String> inputs) {
    return new NpzNetwork(arrays(file), inputs.size()).layers().network(inputs);
  }

  private static Map<String, NpyArray> arrays(byte[] file) {
    long most = Runtime.getRuntime().maxMemory() / 16;
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().replaceFirst("\\.npy$", "");
        byte[] bytes = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
        most -= bytes.length;
        if (most < 0) {
          throw new IllegalArgumentException("array '" + name + "' is larger than memory holds");
        }
        if (arrays.put(name, NpyArray.read(name, bytes)) != null) {
          throw new IllegalArgumentException("has the array '" + name + "' twice, expected once");
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("is damaged, expected arrays of numpy", e);
    }
    return arrays;
  }

  private TwoLayers layers() {
    NpyArray mean = arrays.remove("mean");
    NpyArray scale = arrays.remove("scale");
    if ((mean == null) != (scale == null)) {
      throw new IllegalArgumentException(
          "has the array '%s' alone, expected mean and scale"
              .formatted(mean == null ? "scale" : "mean"));
    }
    TwoLayers layers = weights();
    return mean == null
        ? layers
        : new TwoLayers(
            layers.hidden(),
            layers.bias(),
            layers.output(),
            layers.outputBias(),
            mean.vector(),
            scale.vector());
  }

  private TwoLayers weights() {
    if (arrays.containsKey("W1")) {
      return eitherLayout();
    }
    List<Layer> torch = named(".weight", ".bias");
    if (!torch.isEmpty()) {
      return of(torch, true);
    }
    List<Layer> kernels = named("/kernel", "/bias");
    return of(kernels.isEmpty() ? numbered() : kernels, false);
  }

  /** Layers by the ends of their names, in the order of the file. */
  private List<Layer> named(String weights, String bias) {
    List<Layer> layers = new ArrayList<>();
    for (String name : List.copyOf(arrays.keySet())) {
      String plain = name.replaceFirst(":0$", "");
      if (plain.endsWith(weights)) {
        String other = plain.substring(0, plain.length() - weights.length()) + bias;
        NpyArray own = arrays.remove(other);
        layers.add(new Layer(arrays.remove(name), own == null ? arrays.remove(other + ":0") : own));
      }
    }
    return layers;
  }

  /** Layers in the order of the weights of Keras: a matrix begins one, a vector is its bias. */
  private List<Layer> numbered() {
    List<Layer> layers = new ArrayList<>();
    for (int k = 0; arrays.containsKey("arr_" + k); k++) {
      NpyArray own = arrays.remove("arr_" + k);
      NpyArray next = arrays.get("arr_" + (k + 1));
      boolean bias = next != null && !next.isMatrix();
      layers.add(new Layer(own, bias ? arrays.remove("arr_" + ++k) : null));
    }
    return layers;
  }

  /** Two layers, and nothing else. */
  private TwoLayers of(List<Layer> layers, boolean outputsFirst) {
    if (!arrays.isEmpty() || layers.size() != 2) {
      String has =
          layers.isEmpty() || !arrays.isEmpty()
              ? "the array '" + arrays.keySet().stream().findFirst().orElse("") + "'"
              : layers.size()
                  + " layers, "
                  + layers.stream()
                      .map(own -> own.weights().name())
                      .collect(Collectors.joining(", "));
      throw new IllegalArgumentException("has " + has + ", expected " + EXPECTED);
    }
    for (Layer layer : layers) {
      if (!layer.weights().isMatrix()) {
        throw new IllegalArgumentException(
            "array '" + layer.weights().name() + "' is a vector, expected a matrix");
      }
    }
    Layer first = layers.get(0);
    Layer second = layers.get(1);
    Matrix hidden = outputsFirst ? first.weights().matrix() : first.weights().transposed();
    Matrix output = outputsFirst ? second.weights().matrix() : second.weights().transposed();
    return new TwoLayers(hidden, vector(first.bias()), output, bias(second.bias(), output.rows()));
  }

  private static double[] vector(NpyArray bias) {
    return bias == null ? null : bias.vector();
  }

  private static double[] bias(NpyArray bias, int size) {
    return bias == null ? new double[size] : bias.vector();
  }

  /** W1 and W2 as both have outputs first, or both inputs; W2 may be a vector of one output. */
  private TwoLayers eitherLayout() {
    NpyArray first = arrays.remove("W1");
    NpyArray bias = arrays.remove("b1");
    NpyArray second = arrays.remove("W2");
    NpyArray outputBias = arrays.remove("b2");
    if (second == null || !arrays.isEmpty()) {
      throw new IllegalArgumentException(
          second == null
              ? "lacks the array 'W2', expected " + EXPECTED
              : "has the array '%s', expected %s"
                  .formatted(arrays.keySet().iterator().next(), EXPECTED));
    }
    boolean outputsFirst = fits(first.matrix(), second.matrix(), bias);
    boolean inputsFirst =
        fits(first.transposed(), second.isMatrix() ? second.transposed() : second.matrix(), bias);
    if (outputsFirst && inputsFirst) {
      // Of two ways to read them, the number of inputs decides.
      outputsFirst = first.matrix().columns() == inputs;
      inputsFirst = first.matrix().rows() == inputs;
    }
    if (outputsFirst == inputsFirst && !symmetric(first, second)) {
      throw new IllegalArgumentException(
          outputsFirst
              ? "W1 and W2 are square, which does not say whether inputs are rows or columns,"
                  + " expected 0.weight and 2.weight, or arr_0 and arr_2"
              : "W1 is %s, W2 %s, expected k neurons x inputs and outputs x k, or inputs x k and k x outputs"
                  .formatted(shown(first), shown(second)));
    }
    Matrix hidden = outputsFirst ? first.matrix() : first.transposed();
    Matrix output = outputsFirst || !second.isMatrix() ? second.matrix() : second.transposed();
    return new TwoLayers(hidden, vector(bias), output, bias(outputBias, output.rows()));
  }

  private static boolean fits(Matrix hidden, Matrix output, NpyArray bias) {
    return hidden.rows() == output.columns()
        && (bias == null || bias.values().length == hidden.rows());
  }

  /** One input, one neuron, one output: there is but one layout. */
  private static boolean symmetric(NpyArray first, NpyArray second) {
    return first.values().length == 1 && second.values().length == 1;
  }

  private static String shown(NpyArray array) {
    return array.isMatrix()
        ? array.shape()[0] + " x " + array.shape()[1]
        : "a vector of " + array.shape()[0];
  }
}
