package org.relupath.spark.study;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Json;

/** What may go on with a study: only what would have come to the same digits. */
class StudyManifestTest {
  private static final Map<String, String> VERSIONS =
      Map.of("spark", "4.2.0", "java", "17.0.9", "blas", "JNIBLAS /lib/libopenblas.so.0");

  private static String manifest(String code, Map<String, String> versions) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", "study");
    manifest.put("codeHash", code);
    manifest.put("versions", versions);
    return Json.pretty(manifest);
  }

  private static Map<String, String> with(String name, String version) {
    Map<String, String> versions = new LinkedHashMap<>(VERSIONS);
    versions.put(name, version);
    return versions;
  }

  private static AbstractThrowableAssert<?, ?> refusal(String here, String there) {
    return assertThatThrownBy(() -> new StudyManifest(here).requireSame(there, "the study"))
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void theSameGoesOn() {
    StudyManifest same = new StudyManifest(manifest("ab", VERSIONS));
    assertThatCode(() -> same.requireSame(same.text(), "the study")).doesNotThrowAnyException();
  }

  /** Where no code could be read it may have changed. */
  @Test
  void codeThatWasNotReadIsNotTheSame() {
    String unread = manifest(null, VERSIONS);
    String read = manifest("ab", VERSIONS);
    refusal(unread, unread).hasMessageContaining("--resume: the code that runs was not read");
    refusal(unread, read).hasMessageContaining("--resume: the code that runs was not read");
    refusal(read, unread).hasMessageContaining("--resume: the code of the study was not read");
    refusal(read, manifest("cd", VERSIONS))
        .hasMessageContaining("the code is not that of the study: code hash ab, it has cd");
  }

  @Test
  void otherVersionsAreNamed() {
    String here = manifest("ab", VERSIONS);
    refusal(here, manifest("ab", with("java", "21.0.1")))
        .hasMessage("--resume: versions.java is 17.0.9, the study has 21.0.1");
    refusal(here, manifest("ab", with("blas", "JavaBLAS")))
        .hasMessage(
            "--resume: versions.blas is JNIBLAS /lib/libopenblas.so.0, the study has JavaBLAS");
    refusal(here, manifest("ab", with("os", "Linux amd64")))
        .hasMessage("--resume: versions.os is missing, the study has Linux amd64");
  }
}
