package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of networks that take more than numbers: every kind of column, missing cells, other texts.
 */
class ExportColumnsTest extends ExportCase {
  private static final String MIXED =
      """
      [{"column": "number", "kind": "number", "missing": 2.5, "indicator": true},
       {"column": "sex", "kind": "category", "levels": ["female", "male"], "other": false,
        "missing": 0, "indicator": false},
       {"column": "when", "kind": "date", "parts": ["hour", "days", "year", "month", "day", "weekday"],
        "missing": [1, 2, 3, 4, 5, 6], "indicator": true},
       {"column": "plain", "kind": "number", "indicator": false},
       {"column": "town", "kind": "category", "levels": ["Ulm", "\u00c5lesund", "a, b"], "other": true,
        "missing": 0, "indicator": true},
       {"column": "ok", "kind": "boolean", "missing": 0.25, "indicator": false},
       {"column": "one", "kind": "category", "levels": ["x"], "other": true, "missing": 0,
        "indicator": false}]
      """;

  private static final String NUMBERS =
      """
      [{"column": "a", "kind": "number", "missing": 1.5, "indicator": true},
       {"column": "ok", "kind": "boolean", "indicator": false},
       {"column": "b", "kind": "number", "missing": -2, "indicator": false},
       {"column": "c", "kind": "number", "missing": 7, "indicator": true}]
      """;

  private static final List<String> COLUMNS =
      List.of("number", "sex", "when", "plain", "town", "ok", "one");

  private static final int ENCODED = 2 + 1 + 7 + 1 + 5 + 1 + 1;

  /** Numbers and booleans are one tensor, whatever is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void missingNumbers(String model) throws Exception {
    network(model, "[\"a\", \"ok\", \"b\", \"c\"]", 6, 8, 1, "\"preparation\": " + NUMBERS + ",");
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < N; r++) {
      rows.add(
          List.of(number(0.3), random.nextBoolean() ? "true" : "false", number(0.3), number(1)));
    }
    agrees(List.of("a", "ok", "b", "c"), rows);
  }

  private String number(double missing) {
    return random.nextDouble() < missing ? "" : Double.toString(random.nextDouble() * 8 - 4);
  }

  private String text(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private String time() {
    long second = random.nextLong(-70_000_000_000L, 70_000_000_000L);
    return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).withSecond(1).toString();
  }

  private List<List<String>> mixed() {
    List<List<String>> rows = new ArrayList<>();
    List<String> ends =
        List.of(
            "1969-12-31T23:59:59",
            "2000-02-29T00:00:01",
            "1900-03-01T00:00:01",
            "0000-12-31T12:00:01");
    for (int r = 0; r < 4 * N; r++) {
      String when = r < ends.size() ? ends.get(r) : r % 7 == 0 ? "" : time();
      rows.add(
          List.of(
              number(0.3),
              text("female", "male", "unseen", "", "NA"),
              when,
              number(0),
              text("Ulm", "\u00c5lesund", "a, b", "unseen", "null", "?"),
              text("true", "false", ""),
              text("x", "y", "")));
    }
    return rows;
  }

  /** Every kind of column, missing cells and texts that training had not. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void everyKindOfColumn(String model) throws Exception {
    String inputs = JSON.valueToTree(COLUMNS).toString();
    network(model, inputs, ENCODED, 8, 1, "\"preparation\": " + MIXED + ",");
    agrees(COLUMNS, mixed());
  }

  /** What predict refuses has no prediction: NaN, whatever the gates say. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void whatPredictRefusesIsNaN(String model) throws Exception {
    String refusing =
        MIXED
            .replaceAll("\"missing\": (?:\\[[^]]*\\]|[\\d.]+),\\s*", "")
            .replace("\"indicator\": true", "\"indicator\": false");
    String inputs = JSON.valueToTree(COLUMNS).toString();
    network(model, inputs, ENCODED - 3, 8, 1, "\"preparation\": " + refusing + ",");
    List<String> whole = List.of("1", "male", "2001-02-03T04:05:06", "2", "Ulm", "true", "x");
    List<List<String>> rows = new ArrayList<>(List.of(whole));
    for (int k = 0; k < whole.size(); k++) {
      List<String> row = new ArrayList<>(whole);
      row.set(k, "");
      rows.add(row);
    }
    List<String> infinite = new ArrayList<>(whole);
    infinite.set(3, "Infinity");
    rows.add(infinite);
    done(export());
    double[][] scores = model(COLUMNS, rows).numbers("prediction");
    assertThat(scores[0][0]).isFinite();
    assertThat(scores[0][0])
        .isCloseTo(
            Double.parseDouble(predicted(COLUMNS, List.of(whole)).get(1).get(0)), within(1e-12));
    for (int r = 1; r < scores.length; r++) {
      assertThat(scores[r][0]).as("row " + r).isNaN();
    }
  }

  @Test
  void theSameNetworkHasTheSameBytes() throws Exception {
    network(
        "relu",
        JSON.valueToTree(COLUMNS).toString(),
        ENCODED,
        8,
        1,
        "\"preparation\": " + MIXED + ",");
    done(export());
    byte[] first = Files.readAllBytes(folder.resolve("model/network.onnx"));
    done(export());
    assertThat(Files.readAllBytes(folder.resolve("model/network.onnx"))).isEqualTo(first);
    assertThat(folder.resolve("model/manifest.json")).exists();
  }
}
