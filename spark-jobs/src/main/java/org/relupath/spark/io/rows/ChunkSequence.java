package org.relupath.spark.io.rows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.WeightedRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.SparseRows;
import org.relupath.spark.io.cells.ColumnKinds;
import org.relupath.spark.io.cells.Defects;

/**
 * All chunks of a source in canonical order, on the driver.
 *
 * @param source what was read
 * @param chunks its chunks
 */
record ChunkSequence(Source source, List<Chunk> chunks) {
  /** Bytes that a number takes while rows are worked with: six copies of it, as in a solve. */
  private static final int WORK = 6 * 8;

  static ChunkSequence of(Source source, List<Chunk> chunks) {
    List<Chunk> sorted = new ArrayList<>(chunks);
    sorted.sort(
        Comparator.comparingInt(Chunk::file)
            .thenComparingLong(Chunk::from)
            .thenComparingLong(Chunk::to));
    return new ChunkSequence(source, sorted);
  }

  /** Numbers of 8 bytes that the driver can work with at most. */
  static long most() {
    return Runtime.getRuntime().maxMemory() / WORK;
  }

  /**
   * Files that were cut where no record ends, inside quotes: their chunks do not join.
   *
   * @param whole files that were not cut
   * @throws BadInputException if the chunks of one of them do not join, or are not all of it
   */
  Set<Integer> torn(Set<Integer> whole) {
    Set<Integer> torn = new TreeSet<>();
    long next = 0;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      boolean begins = i == 0 || chunks.get(i - 1).file() != chunk.file();
      boolean joins = chunk.from() < 0 || chunk.from() == (begins ? 0 : next);
      if (chunk.from() >= 0 || begins) {
        next = Math.max(chunk.to(), 0);
      }
      if (joins && chunk.defects().isLast()) {
        // What comes after it was not asked for.
        return torn;
      }
      boolean ends = i == chunks.size() - 1 || chunks.get(i + 1).file() != chunk.file();
      if (!joins || (ends && next != end(chunk.file(), next))) {
        if (whole.contains(chunk.file()) || source.format() == TableFormat.PARQUET) {
          throw new BadInputException(
              part(chunk).file().named()
                  + ": does not hold the rows that it says, or changed while it was read");
        }
        torn.add(chunk.file());
      }
    }
    return torn;
  }

  /** Where a file's last row ends, where that is known. */
  private long end(int file, long otherwise) {
    SourcePart part = source.parts().get(file);
    if (source.format() == TableFormat.PARQUET) {
      return part.rows();
    }
    return part.file().isSplittable() ? part.file().length() : otherwise;
  }

  private SourcePart part(Chunk chunk) {
    return source.parts().get(chunk.file());
  }

  /**
   * How many rows there are.
   *
   * @throws BadInputException if a row has a defect, or there is none
   */
  long rows() {
    return rows(null);
  }

  /**
   * How many rows there are, with what their columns are.
   *
   * @param kinds receives the texts of all rows, and decides; null where all are numbers
   */
  private long rows(ColumnKinds kinds) {
    Defects defects = new Defects();
    Chunk bad = null;
    long rows = 0;
    for (Chunk chunk : chunks) {
      if (kinds != null) {
        kinds.add(chunk.texts(), rows);
      }
      defects.append(chunk.defects(), rows);
      bad = bad == null && !defects.isEmpty() ? chunk : bad;
      rows += chunk.rows();
      if (chunk.defects().isLast()) {
        break;
      }
    }
    if (kinds != null && rows > 0) {
      kinds.decide(defects);
    }
    refuse(defects, bad == null ? chunks.get(0) : bad);
    if (rows == 0) {
      throw new BadInputException(
          source.named()
              + ": no rows"
              + (source.format() == TableFormat.CSV ? " after the header line" : ""));
    }
    return rows;
  }

  private void refuse(Defects defects, Chunk bad) {
    if (!defects.isEmpty()) {
      String in = source.parts().size() == 1 ? "" : " (in " + part(bad).file().name() + ")";
      throw new BadInputException(source.named() + ": " + defects.text() + in);
    }
  }

  /** The number of every chunk's first row, by the chunk's key. */
  Map<String, Long> firstRows() {
    Map<String, Long> first = new HashMap<>();
    long rows = 0;
    for (Chunk chunk : chunks) {
      if (chunk.rows() > 0) {
        first.put(chunk.key(), rows);
      }
      rows += chunk.rows();
    }
    return first;
  }

  /** The rows as one table. */
  WeightedRows table(Columns columns) {
    ColumnKinds kinds = new ColumnKinds(columns.wanted(), columns.names().size());
    long all = rows(kinds);
    int d = columns.names().size();
    int width = columns.all().size();
    boolean sparse = chunks.stream().anyMatch(c -> c.sparse() != null);
    if (chunks.stream().anyMatch(c -> !c.isWhole(width))
        || (sparse ? all : all * width) > Integer.MAX_VALUE - 8) {
      throw tooMany(all, width);
    }
    int rows = (int) all;
    if (sparse) {
      SparseRows own = new SparseRows(d);
      chunks.forEach(chunk -> own.add(chunk.sparse()));
      Design x = own.features(most(), () -> tooMany(all, width));
      return WeightedRows.of(kinds.observations(x, own.targets(columns.label() != null)));
    }
    double[] features = new double[rows * d];
    double[] targets = new double[columns.label() == null ? 0 : rows];
    double[] weights = new double[columns.weights() == null ? 0 : rows];
    int row = 0;
    for (Chunk chunk : chunks) {
      for (int r = 0; r < chunk.rows(); r++, row++) {
        System.arraycopy(chunk.values(), r * width, features, row * d, d);
        if (targets.length > 0) {
          targets[row] = chunk.values()[r * width + d];
        }
        if (weights.length > 0) {
          weights[row] = chunk.values()[(r + 1) * width - 1];
        }
      }
    }
    Observations table = kinds.observations(new Matrix(rows, d, features), targets);
    return weighed(source.named(), table, columns.weights(), weights);
  }

  /**
   * The rows of a table that count.
   *
   * @param named how messages call it
   * @param column the column of weights, or null where each row counts once
   */
  static WeightedRows weighed(String named, Observations table, String column, double[] weights) {
    try {
      return column == null ? WeightedRows.of(table) : WeightedRows.of(table, column, weights);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(named + ": " + e.getMessage(), e);
    }
  }

  private BadInputException tooMany(long rows, int width) {
    double gigabyte = 1L << 30;
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "%s: %d rows x %d columns need about %.1f GB of the driver's memory, it has %.1f GB: "
                + "-- --driver-memory 16g at the end gives the driver more",
            source.named(),
            rows,
            width,
            (double) rows * width * WORK / gigabyte,
            Runtime.getRuntime().maxMemory() / gigabyte));
  }
}
