package org.relupath.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The map from raw columns, of any {@linkplain RawColumn.Kind kind} and with missing cells, to
 * columns of finite numbers, fitted to training rows alone, and what label codes stand for.
 *
 * @param columns for each raw column how it is encoded; empty where all are numbers that stay as
 *     they are
 * @param classes where labels are texts, the texts that the labels 0, 1, ... stand for; else empty
 */
public record Preparation(List<ColumnEncoding> columns, List<String> classes)
    implements java.io.Serializable {
  /** Numbers as they are. */
  public static final Preparation NONE = new Preparation(List.of(), List.of());

  /** Copies the lists; columns of plain numbers alone are none. */
  public Preparation {
    boolean plain = columns.stream().allMatch(c -> c instanceof NumberEncoding n && n.isPlain());
    columns = plain ? List.of() : List.copyOf(columns);
    classes = List.copyOf(classes);
  }

  /**
   * What the user may choose.
   *
   * @param missing what becomes of missing cells
   * @param dates the parts of a date that become columns, at least one
   */
  public record Options(Missing missing, List<DatePart> dates) implements java.io.Serializable {
    /** Missing cells are refused; a date is its days, month and day of the week. */
    public static final Options DEFAULT =
        new Options(Missing.REFUSE, List.of(DatePart.DAYS, DatePart.MONTH, DatePart.WEEKDAY));

    /** Copies the parts. */
    public Options {
      dates = List.copyOf(dates);
    }
  }

  /**
   * Fits the map to training rows.
   *
   * @throws IllegalArgumentException if a cell is missing where missing ones are refused
   */
  public static Preparation fit(Observations train, Options options) {
    if (train.cells().isSparse()) {
      return new Preparation(List.of(), train.classes());
    }
    List<ColumnEncoding> columns = new ArrayList<>();
    double[] weights = IntStream.range(0, train.rows()).mapToDouble(train::weight).toArray();
    for (int k = 0; k < train.columns().size(); k++) {
      RawColumn raw = train.columns().get(k);
      double[] cells = new double[train.rows()];
      for (int r = 0; r < cells.length; r++) {
        cells[r] = train.cells().get(r, k);
        if (Double.isNaN(cells[r]) && options.missing() == Missing.REFUSE) {
          throw ColumnEncoding.refusal(raw);
        }
      }
      columns.add(
          raw.kind() == RawColumn.Kind.CATEGORY
              ? CategoryEncoding.fit(raw, cells, weights, options)
              : NumberEncoding.fit(raw, cells, weights, options));
    }
    return new Preparation(columns, train.classes());
  }

  /** Whether raw columns are numbers that stay as they are. */
  public boolean isPlain() {
    return columns.isEmpty();
  }

  /**
   * The raw columns, with the levels that cells are positions in.
   *
   * @param inputs their names
   */
  public List<RawColumn> raw(List<String> inputs) {
    return isPlain()
        ? inputs.stream().map(RawColumn::number).toList()
        : columns.stream().map(ColumnEncoding::raw).toList();
  }

  /**
   * The names of the encoded columns.
   *
   * @param inputs the names of the raw ones
   */
  public List<String> names(List<String> inputs) {
    return isPlain() ? inputs : columns.stream().flatMap(c -> c.names().stream()).toList();
  }

  /** Encodes rows, of columns of plain numbers sparse ones, too. */
  public Design encode(Design raw) {
    return isPlain() ? raw : encode(raw.dense());
  }

  /**
   * Encodes rows.
   *
   * @param raw n x number of raw columns
   * @return n x number of encoded columns; the very matrix where columns are plain
   * @throws IllegalArgumentException naming the row and column of a missing cell that is refused
   */
  public Matrix encode(Matrix raw) {
    if (isPlain()) {
      return raw;
    }
    if (raw.columns() != columns.size()) {
      throw new IllegalArgumentException(
          "raw matrix has " + raw.columns() + " columns, expected " + columns.size());
    }
    int[] at = new int[columns.size() + 1];
    for (int k = 0; k < columns.size(); k++) {
      at[k + 1] = at[k] + columns.get(k).names().size();
    }
    int width = at[columns.size()];
    Matrix encoded = Matrix.zeros(raw.rows(), width);
    for (int r = 0; r < raw.rows(); r++) {
      for (int k = 0; k < columns.size(); k++) {
        try {
          columns.get(k).encode(raw.get(r, k), encoded.values(), r * width + at[k]);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("row " + (r + 1) + " " + e.getMessage(), e);
        }
      }
    }
    return encoded;
  }
}
