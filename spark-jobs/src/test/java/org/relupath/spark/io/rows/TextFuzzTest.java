package org.relupath.spark.io.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Observations;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;

/**
 * Random texts, cut into ranges of random size: the rows that a simple parser of the whole text
 * finds, or a refusal where that one finds anything wrong.
 */
class TextFuzzTest {
  private static final long SEED = 20230716;
  private static final Columns WANTED = new Columns(List.of("a"), "label");
  @TempDir Path folder;

  /** What {@link TableReader#read} does, without a session. */
  private static Observations read(Source source, Columns columns, long size) {
    Configuration hadoop = new Configuration(false);
    Set<Integer> whole = new TreeSet<>();
    while (true) {
      List<Chunk> chunks = new ArrayList<>();
      for (List<FileRange> group : FileRange.groups(source, whole, size, 0)) {
        Chunk.read(group.iterator(), source.layout(columns), Long.MAX_VALUE, hadoop)
            .forEachRemaining(chunks::add);
      }
      ChunkSequence sequence = ChunkSequence.of(source, chunks);
      if (!whole.addAll(sequence.torn(whole))) {
        return sequence.table(columns).rows();
      }
    }
  }

  /** Cells of the records of a csv; null where a quote is not closed. */
  private static List<List<String>> records(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean any = false;
    int i = 0;
    while (i < text.length()) {
      if (cell.length() == 0 && !any && text.charAt(i) == '"') {
        int close = i + 1;
        while (true) {
          close = text.indexOf('"', close);
          if (close < 0) {
            return null;
          }
          if (close + 1 >= text.length() || text.charAt(close + 1) != '"') {
            break;
          }
          close += 2;
        }
        cell.append(text.substring(i + 1, close).replace("\"\"", "\""));
        any = true;
        i = close + 1;
        continue;
      }
      char c = text.charAt(i++);
      if (c == ',') {
        record.add(cell.toString());
        cell.setLength(0);
        any = false;
      } else if (c == '\n' || c == '\r') {
        if (c == '\r' && i < text.length() && text.charAt(i) == '\n') {
          i++;
        }
        boolean blank = record.isEmpty() && !any && cell.toString().isBlank();
        record.add(cell.toString());
        cell.setLength(0);
        any = false;
        if (!blank) {
          records.add(record);
        }
        record = new ArrayList<>();
      } else {
        cell.append(c);
        any = true;
      }
    }
    boolean blank = record.isEmpty() && cell.toString().isBlank() && !text.endsWith("\"");
    record.add(cell.toString());
    if (!blank) {
      records.add(record);
    }
    return records;
  }

  /** A cell as a number by exact arithmetic; null where it is none. */
  private static Double number(String cell) {
    String text = cell.strip();
    if (!text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,6})?")) {
      return null;
    }
    BigDecimal exact = new BigDecimal(text);
    double value = exact.doubleValue();
    boolean lost = Double.isInfinite(value) || (value == 0 && exact.signum() != 0);
    return lost ? null : Double.valueOf(value);
  }

  private static String cell(SplittableRandom random, int wild) {
    String[] numbers = {
      "1", "-2.5", "3e2", ".5", "7.", "+0", " 4 ", "\"6\"", "0.1", "1e-3", "12345678901234567890"
    };
    String[] texts = {
      "",
      "x",
      "\"",
      "1\"2",
      "\"a,b\"",
      "\"a\nb\"",
      "\"a\r\nb\"",
      "\"a\"\"b\"",
      "\"a\" b",
      "1e999",
      "nan",
      "0x1",
      "1,2",
      "\"1\n2,3\n4\"",
      " \"1\"",
      "1\n2",
      "\"\"",
      "ä",
      "\t",
      "1d",
      "\"\"\"",
      "1e-999"
    };
    return random.nextInt(100) < wild
        ? texts[random.nextInt(texts.length)]
        : numbers[random.nextInt(numbers.length)];
  }

  @Test
  void csv() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int good = 0;
    for (int trial = 0; trial < 3000; trial++) {
      String end = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
      int wild = random.nextInt(3) == 0 ? 20 : 0;
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
      text.append("a,note,label").append(end);
      int rows = random.nextInt(1, 12);
      for (int r = 0; r < rows; r++) {
        text.append(cell(random, wild / 4)).append(',');
        // The column in the middle is not wanted, and may hold anything.
        text.append(cell(random, 60)).append(',').append(cell(random, wild / 4));
        text.append(r < rows - 1 || random.nextBoolean() ? end : "");
        if (random.nextInt(10) == 0) {
          text.append(end);
        }
      }
      checked("trial " + trial, text.toString(), random.nextInt(1, 40));
      good += records(text.toString()) == null ? 0 : 1;
    }
    assertThat(good).isGreaterThan(1000);
  }

  private void checked(String name, String text, int size) throws IOException {
    String shown = "seed " + SEED + ", " + name + ", ranges of " + size + ": " + Shown.line(text);
    Path file = folder.resolve("rows.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    List<List<String>> records = records(text.startsWith("\uFEFF") ? text.substring(1) : text);
    double[] expected = records == null ? null : expected(records);
    Observations rows;
    try {
      rows =
          read(
              Source.open("--input", file.toString(), null, new Configuration(false)),
              WANTED,
              size);
    } catch (BadInputException e) {
      assertThat(expected).as(shown + " -> " + e.getMessage()).isNull();
      return;
    }
    assertThat(expected).as(shown).isNotNull();
    for (int r = 0; r < rows.rows(); r++) {
      assertThat(rows.features().get(r, 0)).as(shown).isEqualTo(expected[2 * r]);
      assertThat(rows.targets()[r]).as(shown).isEqualTo(expected[2 * r + 1]);
    }
    assertThat(2 * rows.rows()).as(shown).isEqualTo(expected.length);
  }

  /** The numbers of the wanted columns; null where anything is wrong. */
  private static double[] expected(List<List<String>> records) {
    List<Double> numbers = new ArrayList<>();
    for (List<String> record : records.subList(1, records.size())) {
      if (record.size() != 3) {
        return null;
      }
      numbers.add(number(record.get(0)));
      numbers.add(number(record.get(2)));
    }
    return numbers.contains(null) || numbers.isEmpty()
        ? null
        : numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void libsvm() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    String[] words = {
      "1:2", "2:.5", "3:-1", "2:x", "0:1", "1:", ":1", "4:1", "qid:1", "2:1e999", "1 : 2", "٢:1"
    };
    Columns columns = new Columns(List.of("x1", "x2", "x3"), "label");
    for (int trial = 0; trial < 2000; trial++) {
      boolean wild = random.nextInt(3) == 0;
      String end = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
      StringBuilder text = new StringBuilder();
      for (int r = random.nextInt(1, 8); r > 0; r--) {
        text.append(wild && random.nextInt(8) == 0 ? "y" : "+1");
        for (int k = 0; k < 3; k++) {
          if (random.nextBoolean()) {
            text.append(random.nextBoolean() ? " " : "\t ");
            text.append(wild ? words[random.nextInt(words.length)] : words[k]);
          }
        }
        text.append(random.nextInt(4) == 0 ? " # 9:9" : "").append(end);
        text.append(random.nextInt(6) == 0 ? end : "");
      }
      Path file = Files.writeString(folder.resolve("rows.libsvm"), text);
      int size = random.nextInt(1, 20);
      String shown = "seed " + SEED + ", ranges of " + size + ": " + Shown.line(text.toString());
      double[] expected = expectedSparse(text.toString());
      try {
        Source source = Source.open("--input", file.toString(), null, new Configuration(false));
        Observations rows = read(source, columns, size);
        assertThat(expected).as(shown).isNotNull();
        assertThat(rows.features().values()).as(shown).isEqualTo(expected);
      } catch (BadInputException e) {
        assertThat(expected).as(shown + " -> " + e.getMessage()).isNull();
      }
    }
  }

  private static double[] expectedSparse(String text) {
    List<Double> numbers = new ArrayList<>();
    for (String line : text.split("\r\n|\r|\n")) {
      String[] words = line.replaceFirst("#.*", "").strip().split("[ \t]+");
      if (words[0].isEmpty()) {
        continue;
      }
      Double[] row = {0.0, 0.0, 0.0};
      int last = 0;
      if (number(words[0]) == null) {
        return null;
      }
      for (String word : Arrays.asList(words).subList(1, words.length)) {
        if (!word.matches("[0-9]+:.*")) {
          return null;
        }
        int index = Integer.parseInt(word.substring(0, word.indexOf(':')));
        if (index <= last || index > 3) {
          return null;
        }
        row[index - 1] = number(word.substring(word.indexOf(':') + 1));
        last = index;
      }
      numbers.addAll(Arrays.asList(row));
    }
    return numbers.contains(null)
        ? null
        : numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
