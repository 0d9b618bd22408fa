package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** Texts, holes, words, dates, keys and labels that are texts, from rows to predictions. */
class PreparedRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20240101;
  private static final List<String> HEADER =
      List.of("key", "age", "sex", "town", "ok", "when", "junk", "label");

  @TempDir Path folder;

  /** Rows of cells as texts, an empty one where it is missing. */
  private static List<List<String>> table(int n) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      boolean old = random.nextBoolean();
      String sex = random.nextBoolean() ? "male" : "female";
      String town = random.nextInt(30) == 0 ? "Z" + r % 2 : "ABC".charAt(random.nextInt(3)) + "";
      boolean ok = random.nextInt(3) > 0;
      LocalDateTime when = LocalDateTime.of(2020, 1, 1, 6, 30).plusHours(random.nextInt(20_000));
      boolean label = random.nextInt(4) == 0 ? random.nextBoolean() : ok == sex.equals("male");
      rows.add(
          List.of(
              "k " + r + (r % 2 == 0 ? ",\"" : ""),
              random.nextInt(5) == 0 ? "" : (old ? 60 : 20) + random.nextInt(1000) / 100.0 + "",
              sex,
              random.nextInt(9) == 0 ? "" : town,
              ok ? "true" : "false",
              when + ":00",
              "no number " + r,
              label ? "yes" : "no"));
    }
    return rows;
  }

  private static String csv(List<String> header, List<List<String>> rows, String delimiter) {
    StringBuilder text = new StringBuilder(String.join(delimiter, header) + "\n");
    for (List<String> row : rows) {
      List<String> cells =
          row.stream()
              .map(cell -> cell.contains("\"") ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
              .toList();
      text.append(String.join(delimiter, cells)).append('\n');
    }
    return text.toString();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandRun run(String command, String input, String output, String... more) {
    SharedSpark.session();
    List<String> args = new ArrayList<>(List.of(command, "--input", folder.resolve(input) + ""));
    args.addAll(List.of("--output", folder.resolve(output) + ""));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private static final String[] ALL = {
    "--missing",
    "mean",
    "--id",
    "key",
    "--drop",
    "junk",
    "--gates",
    "20",
    "--seed",
    "3",
    "--dates",
    "days,year,month,day,weekday,hour"
  };

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  /** A cell that one row alone lacks is a column of X that the fold without this row has not. */
  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "sparse", "adaptive", "exhaustive"})
  void foldsMayHaveFewerColumns(String gates) throws Exception {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 24; r++) {
      text.append(r == 7 ? "" : (r * 5 % 11) + "").append(',').append(r % 4).append(',');
      text.append(r * 3 % 7).append(".5\n");
    }
    write("holes.csv", text.toString());
    CommandRun path =
        run(
            "path",
            "holes.csv",
            "folds",
            "--missing",
            "mean",
            "--gate-source",
            gates,
            "--gates",
            "9",
            "--lambdas",
            "3",
            "--search-tolerance",
            "1e-2");
    assertThat(path.status()).as(path.err()).isEqualTo(ExitStatus.DONE);
    assertThat(json("folds/summary.json").get("d").intValue()).isEqualTo(4);
    assertThat(json("folds/summary.json").get("chosenBy").asText())
        .isEqualTo("5-fold cross-validation");
  }

  /** Gates of a file have the columns of all rows: a fold with fewer is refused, and not solved. */
  @ParameterizedTest
  @CsvSource({"path,b", "path,'b,a'", "fit,c"})
  void foldsHaveTheColumnsOfGatesOfAFile(String command, String label) throws Exception {
    StringBuilder text = new StringBuilder("a,x,b,c\n");
    for (int r = 0; r < 24; r++) {
      text.append(r * 5 % 11).append(',').append(r == 7 ? "" : r % 5 + "").append(',');
      text.append(r * 3 % 7).append(".5,").append(r % 2).append('\n');
    }
    write("holes.csv", text.toString());
    boolean two = label.length() > 1;
    String gates = write("gates.csv", (two ? "1,2,3,4\n" : "1,2,3,4,5\n")).toString();
    List<String> more = new ArrayList<>(List.of("--label", label, "--missing", "mean"));
    more.addAll(List.of("--gate-source", "file:" + gates));
    if (command.equals("fit")) {
      more.addAll(List.of("--probabilities", "true"));
    }
    CommandRun run = run(command, "holes.csv", "refused", more.toArray(new String[0]));
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine())
        .matches(
            ".*--gate-source file:.*gates.csv: texts or missing cells make %s columns of all rows,"
                    .formatted(two ? 3 : 4)
                + " and %s without fold [1-5] of 5, expected as many, or held-out rows.*"
                    .formatted(two ? 2 : 3));
    assertThat(run.err()).doesNotContain("engine").doesNotContain("solving");
    more.addAll(List.of("--valid-fraction", "0.3"));
    CommandRun held = run(command, "holes.csv", "held", more.toArray(new String[0]));
    assertThat(held.err()).doesNotContain("fold");
  }

  @Test
  void everyKindOfColumnFromRowsToPredictions() throws Exception {
    List<List<String>> rows = table(90);
    write("rows.csv", csv(HEADER, rows, ","));
    CommandRun fit = run("fit", "rows.csv", "run", ALL);
    assertThat(fit.status()).as(fit.err()).isEqualTo(ExitStatus.DONE);
    JsonNode network = json("run/network.json");
    assertThat(network.get("version").intValue()).isEqualTo(2);
    assertThat(network.get("labels")).extracting(JsonNode::textValue).containsExactly("no", "yes");
    long missing = rows.stream().filter(row -> row.get(1).isEmpty()).count();
    assertThat(json("run/summary.json").get("preparation"))
        .extracting(JsonNode::textValue)
        .anyMatch(note -> note.startsWith("age: " + missing + " missing, as "))
        .contains(
            "sex: 2 levels",
            "ok: true or false",
            "when: date as days, year, month, day, weekday, hour",
            "label: no (-1) and yes (+1)");

    CommandRun predict =
        run("predict", "rows.csv", "scores", "--run", folder + "/run", "--id", "key");
    assertThat(predict.status()).as(predict.err()).isEqualTo(ExitStatus.DONE);
    double[] scores = scores(rows, folder.resolve("scores/predictions.csv"));
    for (int r = 0; r < scores.length; r++) {
      assertThat(scores[r])
          .as("seed %d row %d", SEED, r)
          .isCloseTo(score(network, rows.get(r)), Offset.offset(1e-12));
    }
    SchemaCheck.check(Path.of("docs", "network.schema.json"), network);
    assertThat(json("run/summary.json").get("train").get("accuracy").doubleValue())
        .isGreaterThan(0.7);
    numpy(rows, scores);

    // A tsv without a header, and parquet with types, hold the rows as well.
    List<String> numbered = new ArrayList<>();
    for (int k = 1; k <= HEADER.size(); k++) {
      numbered.add("x" + k);
    }
    write("rows.tsv", csv(HEADER, rows, "\t").replaceFirst("[^\n]*\n", ""));
    List<String> renamed =
        List.of(
            "--header",
            "false",
            "--label",
            "x8",
            "--id",
            "x1",
            "--drop",
            "x7",
            "--missing",
            "mean",
            "--gates",
            "20",
            "--seed",
            "3",
            "--dates",
            "days,year,month,day,weekday,hour");
    CommandRun tsv = run("fit", "rows.tsv", "tsv", renamed.toArray(new String[0]));
    assertThat(tsv.status()).as(tsv.err()).isEqualTo(ExitStatus.DONE);
    String same = Files.readString(folder.resolve("tsv/network.json"));
    for (int k = HEADER.size() - 1; k >= 0; k--) {
      same = same.replace('"' + numbered.get(k) + '"', '"' + HEADER.get(k) + '"');
    }
    assertThat(same).isEqualTo(Files.readString(folder.resolve("run/network.json")));
    parquet();
    CommandRun typed = run("fit", "rows.parquet", "typed", ALL);
    assertThat(typed.status()).as(typed.err()).isEqualTo(ExitStatus.DONE);
    assertThat(folder.resolve("typed/network.json"))
        .hasSameTextualContentAs(folder.resolve("run/network.json"));
    assertThat(json("typed/manifest.json").get("dataHash"))
        .isEqualTo(json("run/manifest.json").get("dataHash"));
  }

  private void parquet() {
    SparkSession spark = SharedSpark.session();
    Dataset<Row> read =
        spark.read().option("header", "true").option("escape", "\"").csv(folder + "/rows.csv");
    read.withColumn("age", read.col("age").cast(DataTypes.DoubleType))
        .withColumn("ok", read.col("ok").cast(DataTypes.BooleanType))
        .withColumn("when", functions.to_timestamp_ntz(read.col("when")))
        .coalesce(1)
        .write()
        .parquet(folder + "/rows.parquet");
  }

  private static double[] scores(List<List<String>> rows, Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).isEqualTo("key,prediction,predictedLabel");
    assertThat(lines).hasSize(rows.size() + 1);
    double[] scores = new double[rows.size()];
    for (int r = 0; r < scores.length; r++) {
      String key = rows.get(r).get(0);
      String cell = key.contains(",") ? '"' + key.replace("\"", "\"\"") + '"' : key;
      String line = lines.get(r + 1);
      assertThat(line).startsWith(cell + ",");
      String[] own = line.substring(cell.length() + 1).split(",");
      scores[r] = Double.parseDouble(own[0]);
      assertThat(own[1]).isEqualTo(scores[r] >= 0 ? "yes" : "no");
    }
    return scores;
  }

  /** What network.json says of a row, by its own arithmetic. */
  private static double score(JsonNode network, List<String> row) {
    List<Double> x = new ArrayList<>();
    for (JsonNode column : network.get("preparation")) {
      String cell = row.get(HEADER.indexOf(column.get("column").textValue()));
      boolean absent = cell.isEmpty();
      List<Double> own = new ArrayList<>();
      switch (column.get("kind").textValue()) {
        case "category" -> {
          boolean known = false;
          for (JsonNode level : column.get("levels")) {
            own.add(level.textValue().equals(cell) ? 1.0 : 0.0);
            known |= level.textValue().equals(cell);
          }
          if (column.get("other").booleanValue()) {
            own.add(known || absent ? 0.0 : 1.0);
          }
          if (own.size() == 2) {
            own.remove(0);
          }
        }
        case "date" -> {
          LocalDateTime time = LocalDateTime.parse(cell);
          for (JsonNode part : column.get("parts")) {
            own.add(
                switch (part.textValue()) {
                  case "days" -> time.toEpochSecond(ZoneOffset.UTC) / 86_400.0;
                  case "year" -> (double) time.getYear();
                  case "month" -> (double) time.getMonthValue();
                  case "day" -> (double) time.getDayOfMonth();
                  case "weekday" -> (double) time.getDayOfWeek().getValue();
                  default -> time.getHour() + time.getMinute() / 60.0;
                });
          }
        }
        case "boolean" -> own.add(cell.equals("true") ? 1.0 : 0.0);
        default -> own.add(absent ? column.get("missing").doubleValue() : Double.parseDouble(cell));
      }
      x.addAll(own);
      if (column.get("indicator").booleanValue()) {
        x.add(absent ? 1.0 : 0.0);
      }
    }
    double sum = network.get("outputBias").doubleValue();
    for (int j = 0; j < network.get("output").size(); j++) {
      double neuron = network.get("bias").get(j).doubleValue();
      assertThat(network.get("hidden").get(j)).hasSize(x.size());
      for (int k = 0; k < x.size(); k++) {
        neuron += network.get("hidden").get(j).get(k).doubleValue() * x.get(k);
      }
      sum += Math.max(0, neuron) * network.get("output").get(j).doubleValue();
    }
    return sum;
  }

  /** The guide's lines of numpy, where there is numpy. */
  private void numpy(List<List<String>> rows, double[] scores) throws Exception {
    List<Map<String, Object>> given = new ArrayList<>();
    for (List<String> row : rows) {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (int k = 0; k < HEADER.size(); k++) {
        String cell = row.get(k);
        cells.put(
            HEADER.get(k), cell.isEmpty() ? null : k == 1 ? Double.valueOf(cell) : (Object) cell);
      }
      cells.put("ok", row.get(4).equals("true"));
      given.add(cells);
    }
    write("rows.json", JSON.writeValueAsString(given));
    JsonNode own =
        GuidePython.scores(
            folder,
            "run/network.json",
            "rows = json.load(open('rows.json'))\nfor row in rows:\n"
                + "    row['when'] = datetime.datetime.fromisoformat(row['when'])\n");
    for (int r = 0; r < scores.length; r++) {
      assertThat(own.get(r).doubleValue()).isCloseTo(scores[r], Offset.offset(1e-12));
    }
  }

  /** Cross-validation, held-out rows with texts that training had not, and what goes on from it. */
  @Test
  void aPathAndWhatFollows() throws IOException {
    write("rows.csv", csv(HEADER, table(60), ","));
    List<List<String>> others = new ArrayList<>(table(20));
    others.set(3, List.of("k", "30", "male", "elsewhere", "true", "2021-01-01", "?", "no"));
    write("valid.csv", csv(HEADER, others, ","));
    String[] more = {"--lambdas", "2", "--lambda-min-ratio", "0.2", "--missing", "median"};
    String[] keys = {
      "--id", "key", "--drop", "junk", "--gates", "10", "--class-weights", "balanced"
    };
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of(keys));
    CommandRun folds = run("path", "rows.csv", "folds", args.toArray(new String[0]));
    assertThat(folds.status()).as(folds.err()).isEqualTo(ExitStatus.DONE);
    args.addAll(List.of("--valid", folder + "/valid.csv"));
    CommandRun path = run("path", "rows.csv", "path", args.toArray(new String[0]));
    assertThat(path.status()).as(path.err()).isEqualTo(ExitStatus.DONE);

    String run = folder + "/path";
    CommandRun audit = run("audit", "rows.csv", "audit", "--run", run, "--gates", "10");
    assertThat(audit.status()).as(audit.err()).isEqualTo(ExitStatus.DONE);
    assertThat(json("audit/audit.json").get("objective").doubleValue())
        .isCloseTo(
            json("path/best/summary.json").get("objective").doubleValue(), Offset.offset(1e-8));
    CommandRun pruned =
        CommandRun.of("prune", "--run", run, "--output", folder.resolve("pruned").toString());
    assertThat(pruned.status()).as(pruned.err()).isEqualTo(ExitStatus.DONE);
    CommandRun all =
        CommandRun.of("optimal-set", "--run", run, "--output", folder.resolve("all").toString());
    assertThat(all.status()).as(all.err()).isEqualTo(ExitStatus.DONE);
    assertThat(json("all/optimal-set.json").get("candidates")).isNotEmpty();

    others.set(5, List.of("k", "30", "male", "A", "true", "2021-01-01", "?", "maybe"));
    write("valid.csv", csv(HEADER, others, ","));
    CommandRun unseen = run("path", "rows.csv", "unseen", args.toArray(new String[0]));
    assertThat(unseen.errorLine())
        .endsWith("row 6 column 'label' is maybe, expected one of the training labels [no, yes]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--categorical none | row 1 column 'sex' is 'male', expected a finite number (--drop",
        "--categorical nosuch | --categorical: ",
        "--categorical town | row 1 column 'sex' is 'male', expected a finite number (--drop",
        "--missing zero | --missing: 'zero', expected one of refuse, mean, median",
        "--missing refuse | row 2 column 'age' is empty, expected a value (--missing mean or median"
            + " fills features); row 3 column 'town' is 'NA'",
        "--dates week | --dates: 'week', expected some of days, year, month, day, weekday, hour",
        "--id nosuch | --id: ",
        "--id sex --drop sex | --drop: 'sex', expected columns that --id has not",
        "--drop label | --drop: 'label', expected other columns than the label",
        "--id label | --id: 'label', expected other columns than the label",
        "--drop sex --features sex,age | --drop: 'sex' is one of --features",
        "--delimiter x | --delimiter: 'x', expected one of , ; | : ^ ~ or tab, or auto",
        "--delimiter ; | it has one column 'age,sex,town,label': the separator seems to be",
        "--header maybe | --header: 'maybe', expected true or false",
        "--header false | has no column 'label', it has x1, x2, x3, x4",
        "--label-mapping none --missing mean | --label-mapping none: label column 'label' of",
        "--positive 1 --missing mean | --positive: '1', expected one of the labels in column 'label': no, yes",
        "--engine rows --model gated --missing mean | --engine: 'rows', expected driver, gates",
        "--engine rows --model gated --categorical sex | --engine: 'rows', expected driver",
        "--label town --drop age | row 3 column 'town' is 'NA', expected a value",
      })
  void whatIsAskedForInVain(String options, String expected) throws IOException {
    write("rows.csv", "age,sex,town,label\n1,male,A,no\n,female,B,yes\n3,male,NA,no\n");
    CommandRun run = run("fit", "rows.csv", "out", options.split(" "));
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains(expected);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void keysAndMixedColumnsAreNamed() throws IOException {
    StringBuilder text = new StringBuilder("row_id,name,size,label\n");
    for (int r = 0; r < 30; r++) {
      text.append("%d,n%d,%s,%d\n".formatted(r + 100, r, r == 7 ? "big" : r * 0.5, r % 2));
    }
    write("rows.csv", text.toString());
    assertThat(run("fit", "rows.csv", "out").errorLine())
        .contains("row 1 column 'name' is 'n0', one of 30 texts that are all different")
        .contains("row 8 column 'size' is 'big'");
    CommandRun fit = run("fit", "rows.csv", "out", "--drop", "name,size", "--gates", "5");
    assertThat(fit.status()).as(fit.err()).isEqualTo(ExitStatus.DONE);
    assertThat(json("out/summary.json").get("warnings").toString())
        .contains("column 'row_id' has another whole number in every row");
    // Version 1 is written where nothing is prepared.
    assertThat(json("out/network.json").get("version").intValue()).isEqualTo(1);
  }

  /** Whole numbers of parquet that no double has name rows and levels as they are. */
  @Test
  void keysOfParquetKeepTheirDigits() throws IOException {
    SharedSpark.session()
        .range(40)
        .selectExpr(
            "1234567890123456780 + id as key",
            "cast(9007199254740992 + id % 3 as decimal(20,0)) as town",
            "cast(id % 5 as double) as a",
            "cast(id % 7 % 2 as int) as label")
        .coalesce(1)
        .write()
        .parquet(folder + "/keys.parquet");
    CommandRun fitted =
        run("fit", "keys.parquet", "keyed", "--id", "key", "--categorical", "town", "--gates", "5");
    assertThat(fitted.status()).as(fitted.err()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(folder.resolve("keyed/network.json")))
        .contains("9007199254740992", "9007199254740993", "9007199254740994");
    CommandRun predicted =
        run("predict", "keys.parquet", "named", "--run", folder + "/keyed", "--id", "key");
    assertThat(predicted.status()).as(predicted.err()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readAllLines(folder.resolve("named/predictions.csv")).get(2))
        .startsWith("1234567890123456781,");
  }

  /** Years of more than four digits, and those before year 0, are dates as all others are. */
  @Test
  void datesOfParquetAreOfAnyYear() throws IOException {
    SharedSpark.session();
    for (String first : List.of("9999-12-20", "0000-01-10")) {
      String sign = first.startsWith("9") ? "" : "-";
      Dataset<Row> rows =
          SharedSpark.session()
              .range(40)
              .selectExpr(
                  "date_add(date'%s', cast(%sid * id %% 37 as int)) as day".formatted(first, sign),
                  "cast(id * id % 7 as double) as label")
              .coalesce(1);
      rows.write().mode("overwrite").parquet(folder + "/dates.parquet");
      rows.selectExpr("cast(day as timestamp_ntz) as day", "label")
          .write()
          .mode("overwrite")
          .parquet(folder + "/times.parquet");
      rows.selectExpr("cast(datediff(day, date'1970-01-01') as double) as day", "label")
          .write()
          .mode("overwrite")
          .parquet(folder + "/numbers.parquet");
      String[] more = {"--dates", "days", "--gates", "10", "--overwrite"};
      for (String kind : List.of("numbers", "dates", "times")) {
        CommandRun fitted = run("fit", kind + ".parquet", kind, more);
        assertThat(fitted.status()).as(fitted.err()).isEqualTo(ExitStatus.DONE);
        assertThat(json(kind + "/network.json").get("hidden"))
            .as("%s from %s", kind, first)
            .isEqualTo(json("numbers/network.json").get("hidden"));
      }
      assertThat(json("dates/network.json").get("preparation").get(0).get("kind").textValue())
          .isEqualTo("date");
    }
  }

  /** A libsvm file has no texts for a network that takes some. */
  @Test
  void rowsWithoutTextsAreRefusedInOneLine() throws IOException {
    write("rows.csv", "town,label\nA,no\nB,yes\nA,no\nC,yes\n");
    CommandRun fitted = run("fit", "rows.csv", "texts", "--gates", "5");
    assertThat(fitted.status()).as(fitted.err()).isEqualTo(ExitStatus.DONE);
    write("rows.libsvm", "1 1:1\n0 1:2\n");
    CommandRun predicted = run("predict", "rows.libsvm", "none", "--run", folder + "/texts");
    assertThat(predicted.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(predicted.errorLine()).contains("a libsvm file has numbers alone");
    CommandRun valid =
        run("fit", "rows.csv", "none", "--valid", folder + "/rows.libsvm", "--gates", "5");
    assertThat(valid.status()).isEqualTo(ExitStatus.REFUSED);
  }
}
