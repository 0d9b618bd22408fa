package org.relupath.spark.io.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A piece is there whole or not at all. */
class CheckpointsTest {
  @TempDir java.nio.file.Path folder;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(new Path(folder.toUri()), new Configuration());
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> pieces = new HashMap<>();
    checkpoints.read(pieces::put);
    return pieces;
  }

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    checkpoints.write("a-1", "{\n\"x\" : 1\n}\n");
    checkpoints.write("b", "");
    assertThat(read()).isEqualTo(Map.of("a-1", "{\n\"x\" : 1\n}\n", "b", ""));
  }

  @Test
  void aSecondAttemptStoresTheSame() throws IOException {
    checkpoints.write("a", "text");
    checkpoints.write("a", "text");
    assertThat(read()).isEqualTo(Map.of("a", "text"));
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void whatIsNotWholeIsRemoved() throws IOException {
    checkpoints.write("whole", "text");
    checkpoints.write("torn", "some text");
    String torn = Files.readString(folder.resolve("torn"));
    Files.writeString(folder.resolve("torn"), torn.substring(0, torn.length() - 1));
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("zeros"), "\0".repeat(80));
    Files.writeString(folder.resolve(".whole.attempt"), Files.readString(folder.resolve("whole")));
    assertThat(read()).isEqualTo(Map.of("whole", "text"));
    assertThat(folder.toFile().list()).containsExactly("whole");
  }

  /** Executors that outlive their study must not bring its folder back. */
  @Test
  void aFolderThatIsGoneStaysSo() throws IOException {
    Files.delete(folder);
    assertThatThrownBy(() -> checkpoints.write("a", "text")).isInstanceOf(IOException.class);
    assertThat(folder).doesNotExist();
    Files.createDirectory(folder);
  }
}
