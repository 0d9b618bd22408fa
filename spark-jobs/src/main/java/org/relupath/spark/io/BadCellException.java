package org.relupath.spark.io;

/** What is wrong with a row, before it is known which row of the whole data set it is. */
final class BadCellException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Something wrong with one column of the row. */
  BadCellException(String column, String problem) {
    super("column '" + column + "' " + problem);
  }

  /** Something wrong with the row as a whole. */
  BadCellException(String problem) {
    super(problem);
  }
}
