package org.relupath.core.gates;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.NumberText;

/**
 * Gate files: headerless csv, a gate vector a row, in the columns of the X that the solver sees
 * (spark-jobs/docs/files.md#gate-files).
 */
public final class GateFile {
  private GateFile() {}

  /**
   * Reads gate vectors.
   *
   * @param file the csv
   * @param dimension d, the number of columns of X
   * @return gates, one a row
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the row of a gate of the wrong width or of a value that
   *     is not a finite number, or if there is no gate at all
   */
  public static Matrix read(Path file, int dimension) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return parse(reader.lines().iterator(), file.toString(), dimension);
    }
  }

  /**
   * Gates from the lines of a file, one a row.
   *
   * @param lines comma-separated numbers each
   * @param name how messages call the file
   * @param dimension d, the number of columns of X
   */
  public static Matrix parse(java.util.Iterator<String> lines, String name, int dimension) {
    List<double[]> gates = new ArrayList<>();
    int row = 0;
    while (lines.hasNext()) {
      String line = lines.next();
      row++;
      if (line.isBlank()) {
        continue;
      }
      String[] cells = line.split(",", -1);
      if (cells.length != dimension) {
        throw new IllegalArgumentException(
            name
                + " row "
                + row
                + " has "
                + cells.length
                + " values, expected "
                + dimension
                + " (the columns of X, ones last)");
      }
      double[] gate = new double[dimension];
      for (int k = 0; k < dimension; k++) {
        gate[k] = number(cells[k], name, row, k + 1);
      }
      gates.add(gate);
    }
    if (gates.isEmpty()) {
      throw new IllegalArgumentException(name + " holds no gate vectors");
    }
    return Matrix.ofRows(gates.toArray(new double[0][]));
  }

  private static double number(String cell, String name, int row, int column) {
    double value = NumberText.parse(cell);
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          name + " row " + row + " column " + column + ": '" + cell + "' is not a finite number");
    }
    return value;
  }
}
