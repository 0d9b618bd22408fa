package org.relupath.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void updatesOneLineAndClearsIt() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AtomicLong clock = new AtomicLong();
    Progress progress =
        new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), true, clock::get);
    progress.start(4);
    clock.set(3_000_000_000L);
    progress.solved(1, 12.5, 3e-9, 17);
    progress.finish();
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .contains("\rrelupath: lambda 1 of 4 (12.50), gap 3.0e-09, 17 active blocks, 9 s left")
        .doesNotContain("\n")
        .endsWith("\r");
    assertThat(text.split("\r")[3]).isBlank();
  }

  @Test
  void whatIsToBeRememberedStays() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
    progress.step("a step that is long");
    progress.note("short");
    progress.warn("beware");
    progress.step("next");
    assertThat(bytes.toString(StandardCharsets.UTF_8).split("\n"))
        .containsExactly(
            "\rrelupath: a step that is long\rrelupath: short" + " ".repeat(14),
            "\rrelupath: warning: beware",
            "\rrelupath: next");
  }

  @Test
  void aStandstillIsSaidWithoutATerminalToo() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    progress.warn("for the terminal");
    progress.standstill("nothing goes on");
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("relupath: warning: nothing goes on\n");
  }

  @Test
  void isSilentWithoutATerminal() {
    Progress progress = new Progress(null, false);
    progress.start(2);
    progress.solved(1, 1, 1, 1);
    progress.finish();
  }
}
