package org.relupath.spark.result.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes two pages; run by {@link FontlessTest} in a Java of its own. */
final class FontlessMain {
  private FontlessMain() {}

  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), pages());
  }

  static String pages() {
    return PathSamples.path(20, 12).html() + PathSamples.fit(12, 300, List.of("0", "1")).html();
  }
}
