package org.relupath.core.network;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads and writes {@code network.json} (spark-jobs/docs/files.md#networkjson). */
public final class NetworkFile {
  /** What {@code format} says. */
  public static final String FORMAT = "relupath-network";

  /** The newest version; it and every older one is read. A network is written in its oldest. */
  public static final int VERSION = 2;

  /**
   * The version of networks of one output that take numbers, have labels that are numbers, and no
   * calibration.
   */
  static final int PLAIN = 1;

  /** Keeps numbers as they are written until they are known to be doubles. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private NetworkFile() {}

  /**
   * The network as indented JSON, full-precision numbers, ending in a line break; of the oldest
   * version that has all of it.
   */
  public static String write(StoredNetwork network) {
    JsonNode root =
        network instanceof Network one
            ? NetworkWriter.of(one)
            : NetworkWriter.of((MultiOutputNetwork) network);
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads a network of one output.
   *
   * @param json the file's text, which may begin with a byte order mark
   * @throws IllegalArgumentException as {@link #readStored} does, or if it has several outputs
   */
  public static Network read(String json) {
    if (readStored(json) instanceof Network network) {
      return network;
    }
    throw new IllegalArgumentException("network: has several outputs, expected one");
  }

  /**
   * Reads a network of one output or of several. A neuron that several outputs share becomes one
   * neuron of each.
   *
   * @param json the file's text, which may begin with a byte order mark
   * @throws IllegalArgumentException if it is not JSON, not a network of a known version, or its
   *     parts do not fit together; the message names the part
   */
  public static StoredNetwork readStored(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json.startsWith("\uFEFF") ? json.substring(1) : json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("network: not JSON: " + e.getOriginalMessage(), e);
    }
    if (!FORMAT.equals(root.path("format").asText())) {
      throw new IllegalArgumentException(
          "network: format is '" + root.path("format").asText() + "', expected " + FORMAT);
    }
    JsonNode version = root.path("version");
    if (!version.isInt() || version.intValue() < 1 || version.intValue() > VERSION) {
      throw new IllegalArgumentException(
          "network: version is " + NetworkNodes.shown(version) + ", expected 1 to " + VERSION);
    }
    return new NetworkReader(root, version.intValue()).network();
  }
}
