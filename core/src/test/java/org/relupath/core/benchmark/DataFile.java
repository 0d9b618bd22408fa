package org.relupath.core.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.gates.Seeds;

/** Rows of a data set: {@code NAME.csv} or {@code NAME.csv.gz} with a header, the label last. */
final class DataFile {
  private static final int TEACHER_ROWS = 1000;
  private static final int TEACHER_COLUMNS = 20;
  private static final int TEACHER_NEURONS = 10;

  private DataFile() {}

  static Observations read(Path folder, String name) throws IOException {
    if (name.equals("teacher")) {
      return teacher();
    }
    if (name.equals("documents")) {
      return Documents.draw();
    }
    Path plain = folder.resolve(name + ".csv");
    boolean packed = !Files.exists(plain);
    Path file = packed ? folder.resolve(name + ".csv.gz") : plain;
    try (InputStream in = Files.newInputStream(file);
        InputStream text = packed ? new GZIPInputStream(in) : in;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      List<String> names = List.of(reader.readLine().split(","));
      double[][] rows =
          reader
              .lines()
              .map(
                  line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
              .toArray(double[][]::new);
      int d = names.size() - 1;
      double[][] features =
          Arrays.stream(rows).map(row -> Arrays.copyOf(row, d)).toArray(double[][]::new);
      double[] labels = Arrays.stream(rows).mapToDouble(row -> row[d]).toArray();
      return new Observations(names.subList(0, d), Matrix.ofRows(features), labels);
    }
  }

  /** Gaussian rows, a network of ten ReLU neurons and noise of a tenth of its size. */
  private static Observations teacher() {
    SplittableRandom random = new SplittableRandom(11);
    double[][] w = gaussian(random, TEACHER_NEURONS);
    double[][] x = gaussian(random, TEACHER_ROWS);
    double[] y = new double[TEACHER_ROWS];
    for (int r = 0; r < y.length; r++) {
      for (int j = 0; j < w.length; j++) {
        double score = 0;
        for (int k = 0; k < TEACHER_COLUMNS; k++) {
          score += x[r][k] * w[j][k];
        }
        y[r] += (j % 2 == 0 ? 1 : -1) * Math.max(0, score);
      }
      y[r] += 0.5 * Seeds.gaussian(random);
    }
    List<String> names =
        java.util.stream.IntStream.range(0, TEACHER_COLUMNS).mapToObj(k -> "x" + k).toList();
    return new Observations(names, Matrix.ofRows(x), y);
  }

  private static double[][] gaussian(SplittableRandom random, int rows) {
    double[][] numbers = new double[rows][TEACHER_COLUMNS];
    for (double[] row : numbers) {
      for (int k = 0; k < row.length; k++) {
        row[k] = Seeds.gaussian(random);
      }
    }
    return numbers;
  }
}
