package org.relupath.spark.io.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.relupath.core.data.Design;
import org.relupath.core.data.Observations;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.RawColumn.Kind;

/** What the columns of all rows are, decided by all of their cells, and the texts as numbers. */
public final class ColumnKinds {
  /** Texts that no two rows share are names or keys where there are more of them than this. */
  private static final int MOST_NAMES = 20;

  /** The texts of some rows of a column. */
  private record Piece(long first, CellTexts.Column texts) {}

  private final List<Wanted> wanted;
  private final int features;
  private final Map<Integer, List<Piece>> pieces = new HashMap<>();
  private final List<RawColumn> columns = new ArrayList<>();

  /**
   * Of these columns.
   *
   * @param features how many are features; the next is the label, where there is one
   */
  public ColumnKinds(List<Wanted> wanted, int features) {
    this.wanted = wanted;
    this.features = features;
  }

  /**
   * Adds the texts of the rows that follow.
   *
   * @param first the number of their first row
   */
  public void add(CellTexts texts, long first) {
    for (int k = 0; k < texts.columns(); k++) {
      if (texts.column(k) != null) {
        pieces.computeIfAbsent(k, own -> new ArrayList<>()).add(new Piece(first, texts.column(k)));
      }
    }
  }

  /**
   * Decides, once all rows were added.
   *
   * @param defects receives columns that cannot be decided
   */
  public void decide(Defects defects) {
    for (int k = 0; k < wanted.size(); k++) {
      columns.add(
          switch (wanted.get(k).type()) {
            case NUMBER -> RawColumn.number(wanted.get(k).name());
            case BOOLEAN -> of(k, Kind.BOOLEAN);
            case DATE -> of(k, Kind.DATE);
            case CATEGORY, VERBATIM -> of(k, Kind.CATEGORY);
            case AUTO -> auto(k, defects);
          });
    }
  }

  private List<Piece> of(int k) {
    return pieces.getOrDefault(k, List.of());
  }

  private RawColumn of(int k, Kind kind) {
    List<String> levels = kind == Kind.CATEGORY ? List.copyOf(distinct(k)) : List.of();
    return new RawColumn(wanted.get(k).name(), kind, levels);
  }

  private TreeSet<String> distinct(int k) {
    TreeSet<String> distinct =
        new TreeSet<>(Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare));
    of(k).forEach(piece -> distinct.addAll(piece.texts.distinct.keySet()));
    return distinct;
  }

  private RawColumn auto(int k, Defects defects) {
    String name = wanted.get(k).name();
    boolean numbers = of(k).stream().anyMatch(piece -> piece.texts.numbers);
    Piece first = of(k).stream().filter(p -> p.texts.size > 0).findFirst().orElse(null);
    if (first == null) {
      if (!numbers) {
        defects.column(
            0, name, "is missing as in all rows, expected a value (--drop " + name + ")");
      }
      return of(k, Kind.NUMBER);
    }
    if (numbers) {
      String text = List.copyOf(first.texts.distinct.keySet()).get(first.texts.texts[0]);
      defects.cell(first.first + first.texts.rows[0], name, text, CellType.NUMBER);
      return of(k, Kind.NUMBER);
    }
    TreeSet<String> distinct = distinct(k);
    if (k == features) {
      return of(k, Kind.CATEGORY);
    }
    if (distinct.stream().noneMatch(text -> Double.isNaN(CellText.truth(text)))) {
      return of(k, Kind.BOOLEAN);
    }
    if (distinct.stream().noneMatch(text -> Double.isNaN(CellText.days(text)))) {
      return of(k, Kind.DATE);
    }
    int cells = of(k).stream().mapToInt(piece -> piece.texts.size).sum();
    if (distinct.size() == cells && cells > MOST_NAMES) {
      defects.names(first.first + first.texts.rows[0], name, distinct.first(), cells);
    }
    return of(k, Kind.CATEGORY);
  }

  /**
   * The rows, each text as the number that stands for it; after {@link #decide}.
   *
   * @param x n x number of features, as cells were read; changed; sparse ones are numbers alone
   * @param y n labels, or empty; changed
   * @throws IllegalArgumentException if a column of sparse rows has texts
   */
  public Observations observations(Design x, double[] y) {
    for (int k = 0; k < features; k++) {
      int column = k;
      if (x.isSparse() && of(k).stream().anyMatch(p -> p.texts.size > 0)) {
        throw new IllegalArgumentException(
            "column '" + wanted.get(k).name() + "' of sparse rows has texts, expected numbers");
      }
      each(k, (r, value) -> x.dense().values()[r * features + column] = value);
    }
    List<String> classes = List.of();
    if (y.length > 0) {
      each(features, (r, value) -> y[r] = value);
      classes = columns.get(features).levels();
    }
    return new Observations(columns.subList(0, features), x, y, new double[0], classes);
  }

  /** What hears of a cell: the number that stands for it in a row. */
  private interface Cell {
    void is(int row, double value);
  }

  private void each(int k, Cell cell) {
    RawColumn column = columns.get(k);
    Map<String, Double> numbers = new HashMap<>();
    for (String level : column.levels()) {
      numbers.put(level, (double) numbers.size());
    }
    for (Piece piece : of(k)) {
      double[] own =
          piece.texts.distinct.keySet().stream()
              .mapToDouble(
                  text ->
                      switch (column.kind()) {
                        case BOOLEAN -> CellText.truth(text);
                        case DATE -> CellText.days(text);
                        case CATEGORY, NUMBER -> numbers.get(text);
                      })
              .toArray();
      for (int i = 0; i < piece.texts.size; i++) {
        cell.is((int) piece.first + piece.texts.rows[i], own[piece.texts.texts[i]]);
      }
    }
  }
}
