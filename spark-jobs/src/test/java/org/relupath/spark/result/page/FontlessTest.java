package org.relupath.spark.result.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine may have a JDK and no font at all, and speak any language. */
class FontlessTest {
  @TempDir Path directory;

  @Test
  void pagesNeedNoFontsAndNoLocale() throws Exception {
    Path page = directory.resolve("page.html");
    Path log = directory.resolve("classes.log");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.awt.headless=true",
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-Xlog:class+load=info:file=" + log,
                FontlessMain.class.getName(),
                page.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(java.exitValue()).as(output()).isZero();
    assertThat(Files.readString(page)).isEqualTo(FontlessMain.pages());
    // Readers' browsers draw: nothing of Java that draws is loaded.
    assertThat(Files.readString(log)).contains("java.lang.String ").doesNotContain(" java.awt.");
  }

  private String output() throws IOException {
    return Files.readString(directory.resolve("output"));
  }
}
