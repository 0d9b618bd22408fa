package org.relupath.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.jobs.CommandRun;

/** Names that Java could not read, which would be other names. */
class PlatformTextTest {
  @Test
  void bytesThatAreNoUtf8AreRefused() {
    assertThatThrownBy(() -> PlatformText.check("UTF-8", "/data", "--output", "out-\uFFFD"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("argument 'out-\uFFFD' is not UTF-8, expected a name that is");
    assertThatThrownBy(() -> PlatformText.check("UTF-8", "/d\uFFFDta", "--output", "out"))
        .hasMessageContaining("the working folder /d\uFFFDta");
    CommandRun run = CommandRun.of("predict", "--output", "\uFFFD");
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("is not UTF-8");
  }

  @Test
  void questionMarksOfThePosixLocaleAreRefused() {
    assertThatThrownBy(() -> PlatformText.check("ANSI_X3.4-1968", "/data", "out-??"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("'out-??'")
        .hasMessageContaining("expected a UTF-8 locale");
  }

  @Test
  void namesThatWereReadAreTaken() {
    assertThatCode(() -> PlatformText.check("UTF-8", "/größe", "why?", "ö"))
        .doesNotThrowAnyException();
    assertThatCode(() -> PlatformText.check("ANSI_X3.4-1968", "/data", "out"))
        .doesNotThrowAnyException();
  }
}
