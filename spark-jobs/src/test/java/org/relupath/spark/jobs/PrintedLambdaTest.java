package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/**
 * A lambda as a run prints it, in six digits, stands for the solved one that it was rounded from.
 */
@ExtendWith(SharedSpark.class)
class PrintedLambdaTest extends RunFolderCase {
  /** Six digits, which may be beyond the ends of the path, and beyond a fit's only lambda. */
  @Test
  void isTakenByPredict() throws IOException {
    path("out");
    fit("fit");
    List<Map<String, String>> rows = csv("out/path.csv");
    for (int k = 0; k < rows.size(); k++) {
      String told = String.format(Locale.ROOT, "%.6g", number(rows.get(k), "lambda"));
      String own = "p" + k;
      done(run("predict", own, "--run", at("out"), "--input", test.toString(), "--lambda", told));
      String exact = rows.get(k).get("lambda");
      done(
          run(
              "predict",
              own + "x",
              "--run",
              at("out"),
              "--input",
              test.toString(),
              "--lambda",
              exact));
      assertThat(predictions(own)).isEqualTo(predictions(own + "x"));
    }
    double lambda = json("fit/summary.json").get("lambda").asDouble();
    String told = String.format(Locale.ROOT, "%.6g", lambda);
    assertThat(Double.parseDouble(told)).isNotEqualTo(lambda);
    done(
        run("predict", "of-fit", "--run", at("fit"), "--input", test.toString(), "--lambda", told));
    CommandRun other =
        run("predict", "x", "--run", at("fit"), "--input", test.toString(), "--lambda", told + "1");
    assertThat(other.status()).isEqualTo(ExitStatus.REFUSED);
  }
}
