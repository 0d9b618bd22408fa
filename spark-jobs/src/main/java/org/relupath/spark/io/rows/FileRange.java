package org.relupath.spark.io.rows;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.relupath.spark.io.InputPath;

/**
 * The part of a file that one reader reads: the rows that begin in it.
 *
 * @param number the file's place among the source's
 * @param start the first byte
 * @param end the byte after the last
 */
record FileRange(int number, DataFile file, long start, long end) implements Serializable {
  /**
   * Cuts files into ranges, and hands ranges out in groups of about equal size.
   *
   * @param whole files that are not to be cut, by their numbers
   * @param size bytes of a range at most
   * @param openCost what opening a file counts for, in bytes
   */
  static List<List<FileRange>> groups(Source source, Set<Integer> whole, long size, long openCost) {
    List<List<FileRange>> groups = new ArrayList<>();
    long room = 0;
    for (int k = 0; k < source.parts().size(); k++) {
      DataFile file = source.parts().get(k).file();
      boolean cut = file.isSplittable() && !whole.contains(k);
      long step = cut ? size : Math.max(file.length(), 1);
      for (long start = 0; start < file.length(); start += step) {
        long end = cut ? Math.min(start + size, file.length()) : Long.MAX_VALUE;
        long cost = Math.min(end, file.length()) - start + openCost;
        if (groups.isEmpty() || room < cost) {
          groups.add(new ArrayList<>());
          room = size;
        }
        groups.get(groups.size() - 1).add(new FileRange(k, file, start, end));
        room -= cost;
      }
    }
    return groups;
  }

  /** The largest index of its libsvm rows, 0 without any. */
  int lastIndex(Configuration hadoop) {
    try (LibsvmReader reader = new LibsvmReader(file.openText(start, hadoop), end, 0, true)) {
      return reader.lastIndex();
    } catch (IOException | RuntimeException e) {
      throw InputPath.onExecutor(file.named(), e);
    }
  }

  /** A reader of its rows. */
  RowReader open(Source.Layout layout, Configuration hadoop) throws IOException {
    return switch (layout.format()) {
      case CSV -> {
        TextBuffer text = file.openText(start, hadoop);
        if (start == 0 && layout.named()) {
          CsvReader.header(text, layout.delimiter());
        }
        yield new CsvReader(text, end, layout.header(), layout.columns(), layout.delimiter());
      }
      case LIBSVM ->
          new LibsvmReader(
              file.openText(start, hadoop),
              end,
              layout.columns().names().size(),
              layout.columns().label() != null);
      case PARQUET ->
          new ParquetReader(file, layout.columns(), start, Math.min(end, file.length()), hadoop);
    };
  }
}
