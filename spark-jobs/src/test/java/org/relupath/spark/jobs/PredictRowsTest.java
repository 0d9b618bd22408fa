package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.data.UnseenTexts;
import org.relupath.spark.run.ExitStatus;

/** Rows and options that predict takes, says something of, or refuses before it reads. */
class PredictRowsTest {
  @TempDir Path folder;

  @BeforeEach
  void start() {
    SharedSpark.session();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandRun run(String command, String input, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--input", folder.resolve(input) + ""));
    args.addAll(List.of("--output", folder.resolve(output) + ""));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private CommandRun predict(String input, String output, String... more) {
    List<String> args = new ArrayList<>(List.of("--run", folder.resolve("run").toString()));
    args.addAll(List.of(more));
    return run("predict", input, output, args.toArray(new String[0]));
  }

  private void done(CommandRun run) {
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
  }

  private void fit(String rows, String... more) throws IOException {
    write("rows.csv", rows);
    List<String> args = new ArrayList<>(List.of("--gates", "5"));
    args.addAll(List.of(more));
    done(run("fit", "rows.csv", "run", args.toArray(new String[0])));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  private static String towns(int n) {
    StringBuilder text = new StringBuilder("town,sex,size,label\n");
    for (int r = 0; r < n; r++) {
      text.append("%s,%s,%d,%d\n".formatted("ABC".charAt(r % 3), "mf".charAt(r % 2), r, r * r % 7));
    }
    return text.toString();
  }

  /** Texts that training had not are counted, column by column; a missing cell is none of them. */
  @Test
  void textsThatTrainingHadNotAreCounted() throws IOException {
    fit(towns(20), "--missing", "mean");
    write("seen.csv", towns(9));
    done(predict("seen.csv", "seen"));
    assertThat(json("seen/manifest.json").has("unseenTexts")).isFalse();
    write("new.csv", "town,sex,size\nA,m,1\nX,f,2\n,m,3\nY,x,4\na,f,5\n");
    done(predict("new.csv", "new"));
    JsonNode unseen = json("new/manifest.json").get("unseenTexts");
    assertThat(unseen).extracting(one -> one.get("column").asText()).containsExactly("town", "sex");
    assertThat(unseen).extracting(one -> one.get("rows").asInt()).containsExactly(3, 1);
    assertThat(new UnseenTexts("town", 3, 5, false).note())
        .isEqualTo(
            "column 'town': 3 of 5 rows have texts that training had not, 0 in all of its columns");
    // Rare texts of training share a column, and are none of the network's levels either.
    fit(towns(200).replace("A,m,0,", "Z,m,0,"), "--missing", "mean", "--overwrite");
    write("rare.csv", "town,sex,size\nZ,m,0\nA,f,1\n");
    done(predict("rare.csv", "rare"));
    assertThat(json("rare/manifest.json").get("unseenTexts").toString())
        .isEqualTo("[{\"column\":\"town\",\"rows\":1,\"of\":2,\"other\":true}]");
    assertThat(new UnseenTexts("town", 1, 2, true).note())
        .isEqualTo(
            "column 'town': 1 of 2 rows have texts that are no levels of the network, taken as"
                + " (other)");
  }

  /** A name that is taken is refused whatever is in the rows, which are not read. */
  @ParameterizedTest
  @ValueSource(strings = {"prediction", "predictedLabel", "probability"})
  void keysThatArePredictedAreRefusedBeforeRowsAreRead(String key) throws IOException {
    fit("x,label\n1,2\n2,5\n3,4\n");
    write("bad.csv", "x," + key + "\nnone,1\n");
    CommandRun refused = predict("bad.csv", "never", "--id", key);
    assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(refused.errorLine())
        .isEqualTo(
            "relupath: --id: '%s' is the name of what is predicted, expected another column"
                .formatted(key));
    assertThat(folder.resolve("never")).doesNotExist();
  }

  /** Options of texts are refused where no file is one, as they would change nothing. */
  @Test
  void optionsOfTextsAreRefusedWithOtherFiles() throws IOException {
    fit("x1,label\n1,2\n2,5\n3,4\n");
    write("rows.libsvm", "2 1:1\n5 1:2\n4 1:3\n");
    SharedSpark.session()
        .range(9)
        .selectExpr("cast(id as double) as x1", "cast(id % 4 as double) as label")
        .coalesce(1)
        .write()
        .parquet(folder + "/rows.parquet");
    String run = folder.resolve("run").toString();
    for (String format : List.of("libsvm", "parquet")) {
      String input = "rows." + format;
      for (List<String> option :
          List.of(List.of("--delimiter", ";"), List.of("--header", "false"))) {
        String[] own = option.toArray(new String[0]);
        for (CommandRun refused :
            List.of(
                run("fit", input, "never", own),
                predict(input, "never", own),
                run("audit", input, "never", "--run", run, own[0], own[1]),
                run("prune", input, "never", "--run", run, own[0], own[1]))) {
          assertThat(refused.status()).as(refused.err()).isEqualTo(ExitStatus.REFUSED);
          assertThat(refused.errorLine())
              .contains(own[0] + ": '" + own[1] + "', expected none: --input ", "is " + format);
        }
      }
      done(predict(input, format, "--delimiter", "auto"));
      // A test file that is a text has a use for them.
      write("test.csv", "x1;label\n1;2\n2;5\n");
      String test = folder.resolve("test.csv").toString();
      String fit = "fit-" + format;
      done(run("fit", input, fit, "--test", test, "--delimiter", ";", "--gates", "5"));
      // A resolved.conf gives every key.
      done(run("fit", input, "plain", "--gates", "5", "--overwrite"));
      String resolved = folder.resolve("plain/resolved.conf").toString();
      done(run("fit", input, "again", "--config", resolved, "--overwrite"));
    }
    assertThat(folder.resolve("never")).doesNotExist();
  }

  /** Blank lines are no rows of one column either; a cell that is missing there is quoted. */
  @Test
  void oneColumnWithBlankLines() throws IOException {
    fit("x,label\n1,2\n2,5\n\"\",3\n3,4\n", "--missing", "mean");
    write("whole.csv", "x\n1\n3\n\"\"\n2\n");
    done(predict("whole.csv", "whole"));
    assertThat(Files.readAllLines(folder.resolve("whole/predictions.csv"))).hasSize(5);
    String[] same = {"x\n1\n\n3\n  \n\"\"\n2", "x\r\n\r\n1\r\n3\r\n\"\"\r\n\r\n2\r\n\r\n\r\n"};
    for (String text : same) {
      write("blank.csv", text);
      done(predict("blank.csv", "blank", "--overwrite"));
      assertThat(folder.resolve("blank/predictions.csv"))
          .hasSameBinaryContentAs(folder.resolve("whole/predictions.csv"));
    }
    write("blank.csv", "\n\nx\n1\n");
    assertThat(predict("blank.csv", "never").errorLine()).contains("the first line is blank");
    write("blank.csv", "x\n\n \n");
    assertThat(predict("blank.csv", "never").status()).isEqualTo(ExitStatus.REFUSED);
  }
}
