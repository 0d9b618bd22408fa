package org.relupath.spark.io.durable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that holds a lease, in a form that another process can look for.
 *
 * @param host for people
 * @param pid its number in its own space of process numbers
 * @param user whose process it is
 * @param machine the boot of the machine and the space that the pid is of; null where unknown
 * @param started when it started, in the machine's ticks; null where unknown
 * @param since when it took the lease
 */
record LeaseHolder(
    String host, long pid, String user, String machine, String started, String since) {
  private static final Path PROC = Path.of("/proc");
  private static final int STATE = 0;
  private static final int START_TIME = 19;

  /** This process. */
  static LeaseHolder here() {
    long pid = ProcessHandle.current().pid();
    return new LeaseHolder(
        hostName(),
        pid,
        System.getProperty("user.name"),
        thisMachine(),
        started(pid).orElse(null),
        Instant.now().toString());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // It is for messages only.
      return "unknown host";
    }
  }

  private static String thisMachine() {
    try {
      String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux, or hidden: whether a process lives is then told by its heartbeat alone.
      return null;
    }
  }

  /** When a process started; empty where there is none, or only what is left of one. */
  private static Optional<String> started(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The name before the last bracket may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return dead ? Optional.empty() : Optional.of(fields[START_TIME]);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the process lives; empty where that cannot be seen from this one. */
  Optional<Boolean> alive() {
    LeaseHolder here = here();
    boolean visible =
        machine != null
            && started != null
            && machine.equals(here.machine)
            && user.equals(here.user)
            && here.started != null;
    return visible
        ? Optional.of(started(pid).filter(started::equals).isPresent())
        : Optional.empty();
  }

  String json() throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(this);
  }

  /** Reads a holder; empty where the text is none, such as that of a file not yet written. */
  static Optional<LeaseHolder> of(String json) {
    try {
      return Optional.of(new ObjectMapper().readValue(json, LeaseHolder.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "process " + pid + " of " + user + " on " + host + ", since " + since;
  }
}
