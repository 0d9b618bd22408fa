package org.relupath.spark.io;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Turns one record into the wanted numbers: the features, then the label. Runs on executors. */
interface RowReader extends Serializable {
  /** How many numbers a row has. */
  int width();

  /**
   * Reads a record.
   *
   * @param record columns 0 and 1 are file and block; what follows is the format's
   * @param first whether it is the first line of a file
   * @param into receives the {@link #width()} numbers
   * @return whether the record was a row (and not a header or a blank line)
   * @throws BadCellException naming what is wrong
   */
  boolean read(Row record, boolean first, double[] into) throws BadCellException;

  /** The first column that belongs to the format. */
  int PAYLOAD = 2;
}
