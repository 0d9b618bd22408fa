package org.relupath.core.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateFileTest {

  @Test
  void readsAGateARow(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("g.csv"), "1,-2.5e-3\n\n 0.1 ,4\r\n");
    assertThat(GateFile.read(file, 2).values()).containsExactly(1, -2.5e-3, 0.1, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2;1,2,3 | g row 2 has 3 values, expected 2 (the columns of X, ones last)",
        "1,2;;3    | g row 3 has 1 values, expected 2 (the columns of X, ones last)",
        "1,2,      | g row 1 has 3 values, expected 2 (the columns of X, ones last)",
        "1,2;3,x   | g row 2 column 2: 'x' is not a finite number",
        "1,        | g row 1 column 2: '' is not a finite number",
        "NaN,1     | g row 1 column 1: 'NaN' is not a finite number",
        "1,1e999   | g row 1 column 2: '1e999' is not a finite number",
        "a,b       | g row 1 column 1: 'a' is not a finite number",
        ";;        | g holds no gate vectors"
      })
  void namesWhatIsWrong(String lines, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GateFile.parse(List.of(lines.split(";", -1)).iterator(), "g", 2))
        .withMessage(message);
  }

  @Test
  void aMissingFileIsAnInputError(@TempDir Path folder) {
    assertThatThrownBy(() -> GateFile.read(folder.resolve("none.csv"), 2))
        .isInstanceOf(NoSuchFileException.class);
  }
}
