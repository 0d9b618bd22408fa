package org.relupath.spark.io.rows;

import java.io.Closeable;
import java.io.IOException;
import org.relupath.core.data.SparseMatrixBuilder;
import org.relupath.spark.io.cells.CellTexts;
import org.relupath.spark.io.cells.Defects;

/**
 * The rows of a range of a file, one after the other, as the wanted numbers: the features, then the
 * label. Runs on executors.
 */
interface RowReader extends Closeable {
  /**
   * Reads the next row.
   *
   * @param into receives the numbers: an array that holds those of the row before, or another one
   * @param row the row's number, for texts and defects
   * @param texts receives cells that are texts
   * @param defects receives what is wrong with it
   * @return whether there was one
   */
  boolean next(double[] into, int row, CellTexts texts, Defects defects) throws IOException;

  /**
   * Adds the numbers of the last row that are not 0.
   *
   * @param row all of its numbers
   * @param kept receives them by ascending column
   * @return how many they are
   */
  default int keep(double[] row, SparseMatrixBuilder kept) {
    int count = 0;
    for (int k = 0; k < row.length; k++) {
      if (row[k] != 0) {
        kept.add(k, row[k]);
        count++;
      }
    }
    return count;
  }

  /**
   * Where the next row begins: a byte of the file's text, or the number of a parquet file's row.
   */
  long position();
}
