package org.relupath.spark.io.rows;

import java.io.Closeable;
import java.io.IOException;
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
   * @param into receives the numbers
   * @param row the row's number, for texts and defects
   * @param texts receives cells that are texts
   * @param defects receives what is wrong with it
   * @return whether there was one
   */
  boolean next(double[] into, int row, CellTexts texts, Defects defects) throws IOException;

  /**
   * Where the next row begins: a byte of the file's text, or the number of a parquet file's row.
   */
  long position();
}
