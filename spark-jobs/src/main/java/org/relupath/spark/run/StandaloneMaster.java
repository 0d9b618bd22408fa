package org.relupath.spark.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import org.relupath.spark.io.BadInputException;

/** The masters of a standalone cluster, {@code spark://HOST:PORT[,HOST:PORT]...}. */
final class StandaloneMaster {
  /** Of one attempt to connect: a host that is there answers in a fraction of it. */
  private static final int MILLISECONDS = 10_000;

  private static final String SCHEME = "spark://";

  private StandaloneMaster() {}

  /**
   * Looks whether one of them listens, which Spark would try to find out for more than a minute.
   * Masters of other kinds are left to Spark.
   *
   * @throws BadInputException where it is no address
   * @throws IllegalStateException where none listens
   */
  static void reach(String master) {
    if (!master.startsWith(SCHEME)) {
      return;
    }
    IOException failure = null;
    for (String one : master.substring(SCHEME.length()).split(",", -1)) {
      InetSocketAddress address = address(master, one);
      try (Socket socket = new Socket()) {
        socket.connect(address, MILLISECONDS);
        return;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw new IllegalStateException(
        "no Spark master at " + master + ": " + failure.getMessage(), failure);
  }

  private static InetSocketAddress address(String master, String one) {
    try {
      URI uri = new URI(SCHEME + one);
      if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() < 65_536) {
        return new InetSocketAddress(uri.getHost(), uri.getPort());
      }
    } catch (URISyntaxException e) {
      // No address either.
    }
    throw new BadInputException("--master " + master + ", expected spark://HOST:PORT");
  }
}
