package org.relupath.spark.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Moments;
import org.relupath.core.data.NumberRange;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.data.RawColumn;
import org.relupath.core.network.Network;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.DatasetRows;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;

/**
 * The rows of a run as they were read, split: labels are not yet those of an output.
 *
 * @param all the rows of the input before any were held out
 * @param train rows to fit on
 * @param valid rows to choose by, or null
 * @param test rows to measure on, or null
 */
record SplitRows(NamedRows all, NamedRows train, NamedRows valid, NamedRows test) {
  /** What rows are drawn by where only some are taken. */
  private static final long SAMPLE = 0;

  /**
   * Reads and splits.
   *
   * @param like a network whose inputs and labels the columns are taken for, or null
   * @param sparse whether rows may be kept by their numbers that are not zero, where settings allow
   */
  static SplitRows load(
      SparkSession spark,
      TrainingData.Sources sources,
      RunSettings settings,
      Network like,
      boolean sparse) {
    TableReader reader = new TableReader(spark, sparse && settings.keepsSparse());
    DataSettings data = settings.data();
    Columns columns = reader.columns(sources.input(), data.columns());
    if (like != null) {
      Preparation known = like.preparation();
      CellType label = TrainingData.labelType(known, data);
      columns =
          reader.sameColumns(sources.input(), like(columns, known.raw(like.inputs()), label, data));
    }
    NamedRows input = sampled(named(reader, sources.input(), columns), data);
    if (like != null && data.positive() == null) {
      input = input.like(input.rows().columns(), like.preparation().classes());
    }
    Columns same = like(columns, input.rows(), data);
    boolean split = data.validFraction().isPresent();
    NamedRows valid = split ? null : others(reader, sources.valid(), same);
    NamedRows test = others(reader, sources.test(), same);
    return of(input, known(valid, input.rows()), known(test, input.rows()), settings);
  }

  private static NamedRows named(TableReader reader, Source source, Columns columns) {
    return new NamedRows(
        source.named(), source.path(), columns.label(), reader.rows(source, columns));
  }

  /** Other rows with these columns; null where there are none. */
  private static NamedRows others(TableReader reader, Source source, Columns columns) {
    return source == null ? null : named(reader, source, reader.sameColumns(source, columns));
  }

  /**
   * Splits the rows of data frames.
   *
   * @param rows to fit on; if settings hold out a share of them, without these
   * @param valid to choose lambda by, or null
   * @param test for the final measurement, or null
   */
  static SplitRows of(
      Dataset<Row> rows, Dataset<Row> valid, Dataset<Row> test, RunSettings settings) {
    DataSettings data = settings.data();
    if (valid != null && data.validFraction().isPresent()) {
      throw new BadInputException("valid-fraction: held-out rows are given as well, expected one");
    }
    Columns columns = DatasetRows.columns("rows", rows, data.columns());
    boolean sparse = settings.keepsSparse();
    NamedRows input = read("rows", rows, columns, sparse);
    Columns same = like(columns, input.rows(), data);
    return of(
        input,
        known(read("held-out rows", valid, same, sparse), input.rows()),
        known(read("test rows", test, same, sparse), input.rows()),
        settings);
  }

  /** Rows of a data frame; null without one. */
  static NamedRows read(String name, Dataset<Row> rows, Columns columns, boolean sparse) {
    return rows == null
        ? null
        : new NamedRows(name, name, columns.label(), DatasetRows.read(name, rows, columns, sparse));
  }

  /** Columns as those of the rows to fit on. */
  private static Columns like(Columns columns, Observations known, DataSettings data) {
    CellType label = known.classes().isEmpty() ? CellType.NUMBER : CellType.CATEGORY;
    return like(columns, known.columns(), label, data);
  }

  private static Columns like(
      Columns columns, List<RawColumn> known, CellType label, DataSettings data) {
    boolean missing = data.columns().missing();
    return columns.like(known, label, name -> missing && !data.labels().contains(name));
  }

  /** Rows with the texts of the rows to fit on; null where there are none. */
  private static NamedRows known(NamedRows rows, Observations fitted) {
    return rows == null ? null : rows.like(fitted.columns(), fitted.classes());
  }

  private static SplitRows of(
      NamedRows input, NamedRows valid, NamedRows test, RunSettings settings) {
    if (settings.data().validFraction().isEmpty()) {
      return new SplitRows(input, input, valid, test);
    }
    double fraction = settings.data().validFraction().getAsDouble();
    HoldOut split = HoldOut.draw(input.rows().rows(), fraction, settings.model().seed());
    return new SplitRows(
        input,
        input.part(input.named(), split.train()),
        input.part("--valid-fraction", split.heldOut()),
        test);
  }

  /** As many rows as were asked for, the same ones whatever the run's seed. */
  private static NamedRows sampled(NamedRows all, DataSettings data) {
    int n = all.rows().rows();
    if (data.rows().isEmpty() || data.rows().getAsInt() == n) {
      return all;
    }
    int wanted = data.rows().getAsInt();
    if (wanted > n) {
      throw new BadInputException(
          "--sample-rows: '%s', expected at most the %s of %s%s"
              .formatted(
                  wanted,
                  n,
                  data.input(),
                  all.read().leftOut() == 0 ? "" : " with a weight above 0"));
    }
    return all.part(all.named(), HoldOut.draw(n, (double) wanted / n, SAMPLE).heldOut());
  }

  /** The same change of all rows. */
  SplitRows map(UnaryOperator<NamedRows> change) {
    return with(this, (own, same) -> change.apply(own));
  }

  /** These rows, each part changed by what the other has of it. */
  SplitRows with(SplitRows other, BinaryOperator<NamedRows> change) {
    NamedRows own = change.apply(all, other.all);
    return new SplitRows(
        own,
        train.rows().rows() == all.rows().rows() ? own : change.apply(train, other.train),
        valid == null ? null : change.apply(valid, other.valid),
        test == null ? null : change.apply(test, other.test));
  }

  /** Rows that are only measured. */
  List<NamedRows> measured() {
    return Stream.of(valid, test).filter(Objects::nonNull).toList();
  }

  /** What to say of rows that count for nothing. */
  List<String> notes(RunSettings settings) {
    String weights = settings.data().columns().weights();
    boolean split = settings.data().validFraction().isPresent();
    return Stream.of(all, split ? null : valid, test)
        .filter(Objects::nonNull)
        .map(rows -> rows.leftOut(weights))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Refuses rows that no network of one output can be fitted to, or measured on. */
  void check(RunSettings settings) {
    train.refuseConstantLabel();
    String label = train.label();
    TrainingData.refuseClasses(settings.model().classWeights(), label, train.rows());
    Preprocessing.Options options = settings.model().preprocessing();
    if (!options.mapLabels() && !all.rows().classes().isEmpty()) {
      throw new BadInputException(
          "--label-mapping none: label column '%s' of %s holds texts, expected numbers"
              .formatted(label, all.named()));
    }
    train.refuse(NumberRange.ofTraining(Moments.of(train.rows()), options));
    double[] labels =
        options.mapLabels() ? Preprocessing.twoValues(train.rows().targets()) : new double[0];
    for (NamedRows other : measured()) {
      other.refuse(NumberRange.ofOthers(Moments.of(other.rows()), options));
    }
    for (NamedRows other : measured()) {
      other.refuseUnseen(labels);
    }
  }

  /**
   * The rows of an output, once they were {@linkplain #check checked}.
   *
   * @param labels see {@link TrainingData}
   */
  TrainingData data(List<String> notes, List<?> labels) {
    return new TrainingData(
        all.rows(),
        train.rows(),
        valid == null ? null : valid.rows(),
        test == null ? null : test.rows(),
        notes,
        labels);
  }
}
