package org.relupath.spark.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.spark.io.BadInputException;

/**
 * Where a command takes its network from: a file, or the folder of an earlier run.
 *
 * @param named how messages call it
 * @param network the network
 */
record NetworkSource(String named, Network network) {

  /** Reads the network that --network or --run names. */
  static NetworkSource read(String command, NetworkSettings settings, Configuration hadoop) {
    if ((settings.network() == null) == (settings.run() == null)) {
      throw new BadInputException(
          settings.network() == null
              ? "--network is missing, " + command + " needs it or --run"
              : "--network and --run: both given, expected one");
    }
    if (settings.network() != null) {
      return read("--network " + settings.network(), hadoop, settings.network());
    }
    // A fit has its network at the top, a path in best/.
    return read(
        "--run " + settings.run(),
        hadoop,
        settings.run() + "/network.json",
        settings.run() + "/best/network.json");
  }

  private static NetworkSource read(String named, Configuration hadoop, String... candidates) {
    for (String candidate : candidates) {
      try {
        Path path = new Path(candidate);
        FileSystem fs = path.getFileSystem(hadoop);
        try (InputStream in = fs.open(path)) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          return new NetworkSource(named, NetworkFile.read(text));
        }
      } catch (FileNotFoundException e) {
        continue;
      } catch (IOException | IllegalArgumentException e) {
        throw new BadInputException(named + ": " + e.getMessage(), e);
      }
    }
    throw new BadInputException(
        named + ": no such file, expected " + String.join(" or ", candidates));
  }
}
