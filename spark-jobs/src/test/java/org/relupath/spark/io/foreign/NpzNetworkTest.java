package org.relupath.spark.io.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;

/**
 * Arrays of numpy that are two layers, in every layout, and the refusals of others by their names.
 */
class NpzNetworkTest {
  private static final List<String> INPUTS = List.of("a", "b");

  /** A .npy file of float64 whose numbers are 1, 2, 3, ... */
  private static byte[] npy(String shape, int count) {
    return npy("'<f8'", shape, IntStream.rangeClosed(1, count).asDoubleStream().toArray());
  }

  private static byte[] npy(String type, String shape, double... values) {
    String header =
        "{'descr': %s, 'fortran_order': False, 'shape': (%s), }\n".formatted(type, shape);
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(10 + text.length + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.UTF_8)).put((byte) 1).put((byte) 0);
    file.putShort((short) text.length).put(text);
    DoubleStream.of(values).forEach(file::putDouble);
    return file.array();
  }

  /** A .npz file of names and arrays in turn. */
  private static byte[] npz(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < parts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(parts[i] + ".npy"));
        zip.write((byte[]) parts[i + 1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void refused(byte[] npz, String message) {
    assertThatThrownBy(() -> NpzNetwork.read(npz, INPUTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  /** 2 inputs, 3 neurons: which layout it is, shapes say. */
  @Test
  void layoutsAreToldByTheirShapes() {
    byte[] torch = npz("W1", npy("3, 2", 6), "W2", npy("1, 3", 3));
    Network network = (Network) NpzNetwork.read(torch, INPUTS);
    assertThat(network.hidden().row(1)).containsExactly(3, 4);
    assertThat(network.output()).containsExactly(1, 2, 3);
    byte[] keras = npz("W1", npy("2, 3", 6), "W2", npy("3, 1", 3), "b2", npy("1,", 1));
    network = (Network) NpzNetwork.read(keras, INPUTS);
    assertThat(network.hidden().row(1)).containsExactly(2, 5);
    assertThat(network.outputBias()).isEqualTo(1);
    // 2 inputs, 2 neurons: W2 says it.
    byte[] square = npz("W1", npy("2, 2", 4), "W2", npy("2, 1", 2));
    assertThat(((Network) NpzNetwork.read(square, INPUTS)).hidden().row(0)).containsExactly(1, 3);
    // One input, one neuron, one output: there is nothing to say.
    byte[] smallest = npz("W1", npy("1, 1", 1), "W2", npy("1, 1", 1));
    assertThat(NpzNetwork.read(smallest, List.of("a")).width()).isEqualTo(1);
  }

  @Test
  void outputsHaveTheNeuronsThatTheyUse() {
    byte[] two = npz("W1", npy("3, 2", 6), "W2", npy("'<f8'", "2, 3", 1, 0, 2, 0, 0, 5));
    MultiOutputNetwork network = (MultiOutputNetwork) NpzNetwork.read(two, INPUTS);
    assertThat(network.names()).containsExactly("output1", "output2");
    assertThat(network.networks()).extracting(Network::width).containsExactly(2, 1);
    assertThat(network.networks().get(1).hidden().row(0)).containsExactly(5, 6);
  }

  /** Of columns that were standardised: whether there were biases, not whether they are zero. */
  @Test
  void biasesThatAreZeroAreBiases() {
    Object[] parts = {
      "W1",
      npy("2, 2", 4),
      "W2",
      npy("'<f8'", "3, 2", 1, 0, 0, 1, 2, 3),
      "mean",
      npy("2,", 2),
      "scale",
      npy("2,", 2),
      "b1",
      npy("'<f8'", "2,", 0, 5)
    };
    // Output 1 uses the neuron whose bias is zero alone.
    assertThat(intercepts(parts)).containsExactly(true, true, true);
    parts[9] = npy("'<f8'", "2,", 0, 0);
    assertThat(intercepts(parts)).containsExactly(true, true, true);
    assertThat(intercepts(Arrays.copyOf(parts, 8))).containsExactly(false, false, false);
    Object[] torch = {
      "0.weight", parts[1], "0.bias", parts[9], "2.weight", parts[3], "mean", parts[5]
    };
    assertThat(intercepts(with(torch, "scale", parts[7]))).containsExactly(true, true, true);
  }

  private static Object[] with(Object[] parts, Object... more) {
    return Stream.of(parts, more).flatMap(Stream::of).toArray();
  }

  private static List<Boolean> intercepts(Object... parts) {
    MultiOutputNetwork network = (MultiOutputNetwork) NpzNetwork.read(npz(parts), INPUTS);
    return network.networks().stream().map(own -> own.preprocessing().intercept()).toList();
  }

  /** Both layouts fit: the number of inputs decides. */
  @Test
  void inputsDecideBetweenTwoLayouts() {
    byte[] both = npz("W1", npy("3, 2", 6), "W2", npy("2, 3", 6));
    assertThat(NpzNetwork.read(both, INPUTS).width()).isEqualTo(6);
    MultiOutputNetwork other = (MultiOutputNetwork) NpzNetwork.read(both, List.of("a", "b", "c"));
    assertThat(other.networks().get(0).hidden().row(0)).containsExactly(1, 3, 5);
    assertThat(other.networks().get(2).output()).containsExactly(3, 6);
  }

  @Test
  void arraysThatAreNoTwoLayers() {
    byte[] w1 = npy("3, 2", 6);
    byte[] w2 = npy("1, 3", 3);
    refused(npz("W1", npy("2, 2", 4), "W2", npy("2, 2", 4)), "W1 and W2 are square");
    refused(npz("W1", w1, "W2", npy("1, 4", 4)), "W1 is 3 x 2, W2 1 x 4, expected k neurons");
    refused(npz("W1", w1), "lacks the array 'W2'");
    refused(npz("W1", w1, "W2", w2, "W3", w2), "has the array 'W3', expected W1");
    refused(npz("W1", w1, "W2", w2, "b2", npy("2,", 2)), "has 2 entries of the second bias");
    refused(npz("W1", w1, "W2", w2, "mean", npy("2,", 2)), "has the array 'mean' alone");
    refused(
        npz("W1", w1, "W2", w2, "mean", npy("2,", 2), "scale", npy("'<f8'", "2,", 1, 0)),
        "scale holds 0.0, expected numbers above 0");
    refused(
        npz("0.weight", w1, "2.weight", w2, "4.weight", w2), "has 3 layers, 0.weight, 2.weight");
    refused(npz("0.weight", w1, "1.running_mean", w2, "2.weight", w2), "'1.running_mean'");
    refused(npz("0.weight", w1, "2.weight", npy("3,", 3)), "'2.weight' is a vector");
    refused(npz("arr_0", w1), "has 1 layers, arr_0");
    refused(npz("x", w1), "has the array 'x', expected W1");
    refused(npz(), "expected W1");
    // Names are in the file as they are: a writer of Java would refuse to write one twice.
    String twice = new String(npz("W1", w1, "W2", w2, "W9", w1), StandardCharsets.ISO_8859_1);
    refused(
        twice.replace("W9.npy", "W1.npy").getBytes(StandardCharsets.ISO_8859_1),
        "has the array 'W1' twice, expected once");
  }

  @Test
  void arraysThatCannotBeRead() {
    byte[] w2 = npy("1, 3", 3);
    refused(npz("W1", npy("'<i8'", "3, 2"), "W2", w2), "'W1' has the type '<i8', expected float32");
    refused(npz("W1", npy("'|O'", "3, 2"), "W2", w2), "'W1' has the type '|O'");
    refused(npz("W1", npy("[('x', '<f8')]", "3,"), "W2", w2), "has the type [('x', '<f8')]");
    refused(npz("W1", npy("3, 2, 1", 6), "W2", w2), "has the shape (3, 2, 1), expected one or two");
    refused(npz("W1", npy("", 1), "W2", w2), "has the shape (), expected one or two sizes");
    refused(npz("W1", npy("0, 2", 0), "W2", w2), "has the shape (0, 2)");
    refused(npz("W1", npy("3, 2", 5), "W2", w2), "of shape (3, 2) has 40 bytes, expected 48");
    refused(npz("W1", npy("999999999, 999999999", 1), "W2", w2), "has 8 bytes, expected 79999");
    refused(npz("W1", npy("'<f8'", "1,", Double.NaN), "W2", w2), "'W1' holds NaN");
    refused(npz("W1", "no array of numpy".getBytes(StandardCharsets.UTF_8)), "not in the format");
    refused(npz("W1", Arrays.copyOf(w2, 9)), "array 'W1' ends too early");
    byte[] whole = npz("W1", npy("3, 2", 6), "W2", w2);
    refused(Arrays.copyOf(whole, whole.length / 3), "");
  }
}
