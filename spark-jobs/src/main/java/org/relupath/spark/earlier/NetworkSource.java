package org.relupath.spark.earlier;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

  /** Reads the network that --network or --run names. */
  public static NetworkSource read(String command, NetworkSettings settings, Configuration hadoop) {
    if ((settings.network() == null) == (settings.run() == null)) {
      throw new BadInputException(
          settings.network() == null
              ? "--network is missing, " + command + " needs it or --run"
              : "--network and --run: both given, expected one");
    }
    if (settings.network() != null) {
      return read(settings.network(), hadoop);
    }
    RunFiles files = RunFiles.open("--run", settings.run(), hadoop);
    // A fit has its network at the top, a path in best/.
    String name = files.has("network.json") ? "network.json" : "best/network.json";
    StoredNetwork network = files.checked(name, () -> NetworkFile.readStored(files.text(name)));
    return new NetworkSource("--run " + settings.run(), network);
  }

  private static NetworkSource read(String file, Configuration hadoop) {
    InputPath input = InputPath.of("--network", file, hadoop);
    String named = input.named();
    Path path = input.path();
    FileSystem fs = input.fs();
    try {
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
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new NetworkSource(named, NetworkFile.readStored(text));
      }
    } catch (FileNotFoundException e) {
      // One that may not be read is there.
      throw input.exists() ? input.failure(e) : new BadInputException(named + ": no such file", e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(named + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw input.failure(e);
    }
  }
}
