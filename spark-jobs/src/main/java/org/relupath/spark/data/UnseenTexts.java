package org.relupath.spark.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.data.CategoryEncoding;
import org.relupath.core.data.ColumnEncoding;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.spark.io.Shown;

/**
 * Cells of a column of texts that are none of a network's levels.
 *
 * @param column the column's name
 * @param rows that have such cells, at least 1
 * @param of how many rows there are
 * @param other whether the network takes them for {@code (other)}, with the rare texts of training
 */
public record UnseenTexts(String column, int rows, int of, boolean other) {
  /**
   * Those of rows that are to be scored, a column each.
   *
   * @param preparation of the network
   * @param rows with the network's inputs, where -1 stands for a text that is none of its levels
   */
  public static List<UnseenTexts> in(Preparation preparation, Observations rows) {
    List<UnseenTexts> found = new ArrayList<>();
    for (int k = 0; k < preparation.columns().size(); k++) {
      ColumnEncoding column = preparation.columns().get(k);
      if (column instanceof CategoryEncoding category) {
        int at = k;
        int unseen =
            (int)
                IntStream.range(0, rows.rows()).filter(r -> rows.features().get(r, at) < 0).count();
        if (unseen > 0) {
          found.add(new UnseenTexts(column.raw().name(), unseen, rows.rows(), category.other()));
        }
      }
    }
    return found;
  }

  /** What to say of them. */
  public String note() {
    return "column '%s': %s of %s rows have texts that %s"
        .formatted(
            Shown.value(column),
            rows,
            of,
            other
                ? "are no levels of the network, taken as (other)"
                : "training had not, 0 in all of its columns");
  }
}
