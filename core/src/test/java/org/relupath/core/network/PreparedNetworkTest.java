package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.ColumnScaling;
import org.relupath.core.data.DatePart;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Missing;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.RawColumn.Kind;
import org.relupath.core.program.Model;

/** Networks that take texts, holes, booleans and dates. */
class PreparedNetworkTest {
  private static final List<RawColumn> COLUMNS =
      List.of(
          RawColumn.number("age"),
          new RawColumn("sex", Kind.CATEGORY, List.of("female", "male")),
          new RawColumn("town", Kind.CATEGORY, List.of("A", "B", "C", "D")),
          new RawColumn("ok", Kind.BOOLEAN, List.of()),
          new RawColumn("when", Kind.DATE, List.of()));

  private static Observations rows(SplittableRandom random, int n) {
    double[][] cells = new double[n][];
    double[] labels = new double[n];
    for (int r = 0; r < n; r++) {
      cells[r] =
          new double[] {
            random.nextInt(4) == 0 ? Double.NaN : 1e4 * random.nextDouble(),
            random.nextInt(2),
            random.nextInt(5) == 0 ? Double.NaN : random.nextInt(40) == 0 ? 3 : random.nextInt(3),
            random.nextInt(2),
            random.nextInt(20_000) / 2.0
          };
      labels[r] = random.nextInt(2);
    }
    return new Observations(
        COLUMNS, Matrix.ofRows(cells), labels, new double[0], List.of("no", "yes"));
  }

  private static Network network(Model model, SplittableRandom random, Observations train) {
    Preparation.Options preparation =
        new Preparation.Options(Missing.MEDIAN, List.of(DatePart.DAYS, DatePart.MONTH));
    Preprocessing fitted =
        Preprocessing.fit(
            train,
            new Preprocessing.Options(ColumnScaling.STANDARDIZE, true, null, true, preparation));
    Matrix w = normal(random, 3, fitted.dimension());
    Matrix gates =
        model == Model.GATED ? normal(random, 3, fitted.dimension()) : Matrix.zeros(0, 0);
    double[] output = {1, -2, 0.5};
    return Folding.fold(
        new Neurons(model, w, output, gates), fitted, train.inputs(), train.features());
  }

  private static Matrix normal(SplittableRandom random, int k, int d) {
    return new Matrix(k, d, random.doubles((long) k * d, -1, 1).toArray());
  }

  /** Folded networks compute on raw rows what neurons compute on X; their files carry all of it. */
  @Test
  void rawRowsGiveWhatTheNeuronsGive() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Observations train = rows(random, 120);
      for (Model model : Model.values()) {
        Network network = network(model, random, train);
        Preprocessing fitted = network.preprocessing();
        assertThat(network.hidden().columns()).isEqualTo(fitted.dimension() - 1);
        Neurons neurons = Folding.unfold(network);
        Observations others = rows(random, 50);
        Matrix x = fitted.design(others.features());
        double[] scores = network.predict(others.features());
        for (int r = 0; r < scores.length; r++) {
          double sum = network.outputBias();
          for (int j = 0; j < 3; j++) {
            double own = dot(x, r, neurons.hidden(), j);
            boolean on = model == Model.GATED ? dot(x, r, neurons.gates(), j) >= 0 : own > 0;
            sum += on ? own * neurons.output()[j] : 0;
          }
          assertThat(scores[r]).as("seed %d row %d", seed, r).isCloseTo(sum, Offset.offset(1e-10));
        }
        Network read = NetworkFile.read(NetworkFile.write(network));
        assertThat(NetworkFile.write(read)).isEqualTo(NetworkFile.write(network));
        Observations known = others.as(read.preparation().raw(read.inputs()), List.of("no", "yes"));
        assertThat(read.predict(known.features())).as("seed %d", seed).isEqualTo(scores);
        assertThat(read.preparation().classes()).containsExactly("no", "yes");
      }
    }
  }

  private static double dot(Matrix x, int r, Matrix w, int j) {
    double sum = 0;
    for (int k = 0; k < x.columns(); k++) {
      sum += x.get(r, k) * w.get(j, k);
    }
    return sum;
  }

  /** Folds of other rows have other levels and means, and no column of what they do not have. */
  @Test
  void anotherPartOfTheRowsIsPreparedByItself() {
    SplittableRandom random = new SplittableRandom(5);
    Observations all = rows(random, 60);
    List<Integer> some = new ArrayList<>();
    for (int r = 0; r < 60; r++) {
      if (all.features().get(r, 2) != 1 && !Double.isNaN(all.features().get(r, 0))) {
        some.add(r);
      }
    }
    Observations part = all.select(some.stream().mapToInt(r -> r).toArray());
    Preparation.Options options =
        new Preparation.Options(Missing.MEAN, Preparation.Options.DEFAULT.dates());
    List<String> names = Preparation.fit(part, options).names(part.inputs());
    assertThat(names).contains("age", "town=C").doesNotContain("age missing", "town=B");
    assertThat(Preparation.fit(all, options).names(all.inputs())).contains("age missing", "town=B");
  }

  private static final String WHOLE =
      """
      {"format": "relupath-network", "version": 2, "activation": "relu", "inputs": ["a", "s", "t"],
       "preparation": [
         {"column": "a", "kind": "number", "missing": 28.5, "indicator": true},
         {"column": "s", "kind": "category", "levels": ["f", "m"], "other": false,
          "indicator": false},
         {"column": "t", "kind": "date", "parts": ["days", "hour"], "missing": [1, 2],
          "indicator": false}],
       "hidden": [[1, 2, 3, 4, 5]], "bias": [0.5], "output": [2], "outputBias": 1,
       "labels": ["no", "yes"]}
      """;

  @Test
  void aFileThatSomebodyElseWroteIsRead() {
    Network network = NetworkFile.read(WHOLE);
    Matrix raw = Matrix.ofRows(new double[][] {{Double.NaN, 1, 1.25}, {3, -1, Double.NaN}});
    // 28.5 + 2 + 3 + 4 1.25 + 5 6 + 0.5, and 3 + 0 + 0 + 4 1 + 5 2 + 0.5.
    assertThat(network.predict(raw)).containsExactly(1 + 2 * 69.0, 1 + 2 * 17.5);
    assertThat(network.labels()).containsExactly(0, 1);
  }

  @Test
  void aMalformedPreparationIsNamed() {
    String[][] cases = {
      {"\"version\": 2", "\"version\": 1", "version is 1, expected 2 with a preparation"},
      {"\"column\": \"s\"", "\"column\": \"q\"", "preparation column is \"q\", expected the input"},
      {"[\"a\", \"s\", \"t\"]", "[\"a\", \"s\"]", "preparation has 3 columns, expected the 2"},
      {"\"number\"", "\"numeric\"", "kind holds \"numeric\", expected one of number, boolean"},
      {"[\"f\", \"m\"]", "[\"f\", \"f\"]", "levels holds \"f\", expected distinct"},
      {"[\"f\", \"m\"]", "[]", "levels of 's' is empty"},
      {"\"other\": false,", "", "preparation other is nothing, expected true or false"},
      {"\"missing\": 28.5, ", "", "indicator of 'a' is true, expected missing as well"},
      {
        "[\"days\", \"hour\"]", "[\"days\", \"week\"]", "parts holds \"week\", expected one of days"
      },
      {"[1, 2]", "[1]", "missing of 't' has 1 entries"},
      {"[\"days\", \"hour\"]", "[]", "missing of 't' has 2 entries, expected one for each"},
      {"[1, 2, 3, 4, 5]", "[1, 2, 3]", "hidden row 0 has 3 values, expected 5"},
      {"[\"no\", \"yes\"]", "[\"no\", 1]", "labels holds 1"},
      {"[\"no\", \"yes\"]", "[\"no\", \"no\"]", "labels holds \"no\", expected distinct"},
      {"[\"no\", \"yes\"]", "[\"no\"]", "labels is [\"no\"], expected two texts"},
    };
    for (String[] one : cases) {
      String changed = WHOLE.replace(one[0], one[1]);
      assertThat(changed).as(one[0]).isNotEqualTo(WHOLE);
      assertThatThrownBy(() -> NetworkFile.read(changed))
          .as(Arrays.toString(one))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("network: ")
          .hasMessageContaining(one[2]);
    }
  }
}
