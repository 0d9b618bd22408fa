package org.relupath.spark.io.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A process that stops for a while at a step of its way to a result, for a test to end it there.
 */
public final class CommitDriver {
  private CommitDriver() {}

  /**
   * Writes a result.
   *
   * @param args the output folder; the step to stop at: {@code write}, or a number of a move; how
   *     long to stop, in ms; a file to make when stopped
   */
  public static void main(String[] args) throws Exception {
    Configuration hadoop = new Configuration();
    OutputPlace place = OutputPlace.of(args[0], List.of(), hadoop);
    FolderMoves moves = FolderMoves.of(place.fs());
    Runnable stop =
        () -> {
          try {
            Files.createFile(java.nio.file.Path.of(args[3]));
            Thread.sleep(Long.parseLong(args[2]));
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    int[] step = {0};
    FolderMoves stopping =
        new FolderMoves() {
          @Override
          public void move(Path from, Path to) throws IOException {
            if (String.valueOf(step[0]++).equals(args[1])) {
              stop.run();
            }
            moves.move(from, to);
          }

          @Override
          public void delete(Path folder) throws IOException {
            moves.delete(folder);
          }
        };
    try (OutputDirectory output = OutputDirectory.create(place, true, stopping, hadoop)) {
      output.write("result.txt", "new");
      if (args[1].equals("write")) {
        stop.run();
      }
      output.seal("", Map.of("command", "test"));
      output.commit();
    }
    System.exit(0);
  }
}
