package org.relupath.spark.earlier;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.config.NetworkSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.InputPath;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.io.foreign.NpzNetwork;
import org.relupath.spark.io.foreign.OnnxNetwork;
import org.relupath.spark.run.JobContext;

/**
 * Where a command takes its network from: a file, or the folder of an earlier run.
 *
 * @param named how messages call it
 * @param stored the network, of one output or of several
 */
public record NetworkSource(String named, StoredNetwork stored) {
  /**
   * The network of one output.
   *
   * @throws BadInputException if it has several
   */
  public Network network() {
    if (stored instanceof Network one) {
      return one;
    }
    throw new BadInputException(named + ": has several outputs, expected one");
  }

  /**
   * Reads the network that --network or --run names. One whose file has no names for its inputs
   * takes the columns of --features in their order.
   */
  public static NetworkSource read(JobContext context) {
    String command = context.command();
    NetworkSettings settings = context.settings().network();
    Configuration hadoop = context.hadoop();
    if ((settings.network() == null) == (settings.run() == null)) {
      throw new BadInputException(
          settings.network() == null
              ? "--network is missing, " + command + " needs it or --run"
              : "--network and --run: both given, expected one");
    }
    if (settings.network() != null) {
      return read(context, settings.network());
    }
    refuseFeatures(context, "--run " + settings.run());
    RunFiles files = RunFiles.open("--run", settings.run(), hadoop);
    // A fit has its network at the top, a path in best/.
    String name = files.has("network.json") ? "network.json" : "best/network.json";
    StoredNetwork network = files.checked(name, () -> NetworkFile.readStored(files.text(name)));
    return new NetworkSource("--run " + settings.run(), network);
  }

  private static NetworkSource read(JobContext context, String file) {
    InputPath input = InputPath.of("--network", file, context.hadoop());
    String named = input.named();
    try {
      byte[] bytes = bytes(named, input.fs(), input.path());
      return new NetworkSource(named, stored(context, input, bytes));
    } catch (FileNotFoundException e) {
      // One that may not be read is there.
      throw input.exists() ? input.failure(e) : new BadInputException(named + ": no such file", e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(named + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw input.failure(e);
    }
  }

  private static StoredNetwork stored(JobContext context, InputPath input, byte[] bytes) {
    List<String> features = context.settings().data().features();
    if (NpzNetwork.is(bytes)) {
      return NpzNetwork.read(bytes, features);
    }
    if (input.path().getName().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return OnnxNetwork.read(bytes, name -> beside(input, name), features);
    }
    refuseFeatures(context, input.named());
    return NetworkFile.readStored(new String(bytes, StandardCharsets.UTF_8));
  }

  /** A file that repeats another run may hold every key. */
  private static void refuseFeatures(JobContext context, String named) {
    if (context.configuration().isExplicit("features")
        && !context.configuration().isFromFile("features")) {
      throw new BadInputException(
          "--features: " + named + " has names for its inputs, expected none");
    }
  }

  private static byte[] beside(InputPath input, String name) {
    Path path = new Path(input.path().getParent(), name);
    try {
      return bytes(input.named() + " and " + name, input.fs(), path);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException("lacks the file '" + name + "' beside it", e);
    } catch (IOException e) {
      throw InputPath.failure(path.toString(), e);
    }
  }

  private static byte[] bytes(String named, FileSystem fs, Path path) throws IOException {
    if (!fs.getFileStatus(path).isFile()) {
      throw new BadInputException(named + ": is a folder, expected a file (or --run)");
    }
    // Read, it takes some sixteen times its size.
    long most = Runtime.getRuntime().maxMemory() / 16;
    long length = fs.getFileStatus(path).getLen();
    if (length > most) {
      throw new BadInputException(
          named + ": has " + length + " bytes, expected a network of at most " + most);
    }
    try (InputStream in = fs.open(path)) {
      return in.readAllBytes();
    }
  }
}
