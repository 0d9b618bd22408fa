package org.relupath.spark.io;

import java.util.Arrays;
import org.apache.spark.sql.Row;

/**
 * Rows of a libsvm file: a label, then index:value with indices from 1, ascending; the rest is 0.
 */
final class LibsvmRowReader implements RowReader {
  private static final long serialVersionUID = 1L;
  private final int dimension;
  private final boolean labelled;

  LibsvmRowReader(int dimension, boolean labelled) {
    this.dimension = dimension;
    this.labelled = labelled;
  }

  @Override
  public int width() {
    return dimension + (labelled ? 1 : 0);
  }

  @Override
  public boolean read(Row record, boolean first, double[] into) throws BadCellException {
    String[] words = words(record.getString(PAYLOAD));
    if (words.length == 0) {
      return false;
    }
    Arrays.fill(into, 0.0);
    if (labelled) {
      into[dimension] = Cell.number("label", words[0]);
    }
    int previous = 0;
    // Rows to predict may come without a label.
    int firstPair = !labelled && words[0].indexOf(':') >= 0 ? 0 : 1;
    for (int i = firstPair; i < words.length; i++) {
      int index = index(words[i]);
      if (index <= previous || index > dimension) {
        throw new BadCellException(
            "has '"
                + words[i]
                + "', expected an index above "
                + previous
                + " and at most "
                + dimension);
      }
      into[index - 1] = Cell.number("x" + index, words[i].substring(words[i].indexOf(':') + 1));
      previous = index;
    }
    return true;
  }

  /** The largest index of a line; 0 where it has none or is malformed (reading says so later). */
  static int lastIndex(String line) {
    String[] words = words(line);
    try {
      return words.length < 2 ? 0 : Math.max(index(words[words.length - 1]), 0);
    } catch (BadCellException e) {
      return 0;
    }
  }

  private static String[] words(String line) {
    int comment = line.indexOf('#');
    String content = (comment < 0 ? line : line.substring(0, comment)).trim();
    return content.isEmpty() ? new String[0] : content.split("\\s+");
  }

  private static int index(String word) throws BadCellException {
    int colon = word.indexOf(':');
    try {
      return Integer.parseInt(word.substring(0, Math.max(colon, 0)));
    } catch (NumberFormatException e) {
      throw new BadCellException("has '" + word + "', expected index:value");
    }
  }
}
