package org.relupath.spark.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Moments;
import org.relupath.core.data.NumberRange;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.engine.BlockSum;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.DatasetRows;
import org.relupath.spark.io.rows.RawBlock;
import org.relupath.spark.io.rows.RowTable;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;

/**
 * The rows of a run that stay on executors: training rows, and those held out for choosing and for
 * testing (null where there are none), with the preprocessing fitted to the training rows.
 *
 * @param columns what was read
 * @param rows of the input, before any were held out
 * @param hash of the input's rows and names
 * @param preprocessing fitted to the training rows
 * @param warnings what to be aware of in the columns
 * @param train rows to fit on
 * @param valid rows to choose by, or null
 * @param test rows to measure on, or null
 */
public record RowData(
    Columns columns,
    long rows,
    String hash,
    Preprocessing preprocessing,
    List<String> warnings,
    Blocks train,
    Blocks valid,
    Blocks test)
    implements RunRows {

  /** Tells a hash of blocks from one of rows in a sequence. */
  public static final String HASH_PREFIX = "blocks:";

  /**
   * Some rows.
   *
   * @param rows how many
   * @param count of their blocks
   * @param blocks read again whenever they are asked for
   */
  public record Blocks(long rows, long count, JavaRDD<RawBlock> blocks) {}

  /** The rows of a part; null where there are none. */
  public Blocks part(Part part) {
    return part.of(train, valid, test);
  }

  @Override
  public List<String> inputs() {
    return columns.names();
  }

  @Override
  public long count() {
    return rows;
  }

  @Override
  public Long count(Part part) {
    return part(part) == null ? null : (Long) part(part).rows();
  }

  /** Reads, splits and checks. */
  public static RowData load(
      SparkSession spark, TrainingData.Sources sources, RunSettings settings) {
    TableReader reader = new TableReader(spark);
    DataSettings data = settings.data();
    Columns columns = reader.columns(sources.input(), data.columns().ofNumbers());
    return of(
        named(reader, sources.input(), columns),
        later(reader, sources.valid(), columns),
        later(reader, sources.test(), columns),
        settings);
  }

  private static Named named(TableReader reader, Source source, Columns columns) {
    RowTable rows = reader.blocks(source, columns, RowBlock.ROWS);
    return new Named(source.named(), source.path(), rows);
  }

  /** Other rows with these columns; null where there are none. */
  private static Supplier<Named> later(TableReader reader, Source source, Columns columns) {
    return source == null ? null : () -> named(reader, source, reader.sameColumns(source, columns));
  }

  /**
   * Rows of data frames, which are read more than once: one whose rows may come in another order
   * the next time is to be cached.
   *
   * @param rows to fit on; if settings hold out a share of them, without these
   * @param valid to choose lambda by, or null
   * @param test for the final measurement, or null
   * @throws BadInputException naming the column and row, the value and what was expected
   */
  public static RowData of(
      Dataset<Row> rows, Dataset<Row> valid, Dataset<Row> test, RunSettings settings) {
    DataSettings data = settings.data();
    Columns columns = DatasetRows.columns("rows", rows, data.columns().ofNumbers());
    return of(
        named("rows", rows, columns),
        valid == null ? null : () -> named("held-out rows", valid, columns),
        test == null ? null : () -> named("test rows", test, columns),
        settings);
  }

  private static Named named(String name, Dataset<Row> rows, Columns columns) {
    return new Named(name, name, DatasetRows.blocks(name, rows, columns, RowBlock.ROWS));
  }

  /**
   * Rows that can be read.
   *
   * @param named how messages call them: the option and the path
   */
  private record Named(String named, String path, RowTable rows) {}

  /** Splits and checks; other rows than those to fit on are read after these were checked. */
  private static RowData of(
      Named source, Supplier<Named> validRows, Supplier<Named> testRows, RunSettings settings) {
    RowTable input = source.rows;
    Columns columns = input.columns();
    long count = count(input);
    OptionalDouble fraction = settings.data().validFraction();
    long seed = settings.model().seed();
    JavaRDD<RawBlock> train = part(input, fraction, false, seed);
    Moments moments = moments(train, count);
    refuseConstantLabel(source.named, columns, moments);
    Preprocessing.Options options = settings.model().preprocessing();
    refuse(source.path, columns, NumberRange.ofTraining(moments, options));
    Preprocessing preprocessing = moments.preprocessing(options);
    Blocks valid = null;
    if (fraction.isPresent()) {
      JavaRDD<RawBlock> held = part(input, fraction, true, seed);
      valid = checked("--valid-fraction", columns, held, count, preprocessing);
    } else if (validRows != null) {
      valid = checked(validRows.get(), preprocessing);
    }
    Blocks test = testRows == null ? null : checked(testRows.get(), preprocessing);
    return new RowData(
        columns,
        input.rows(),
        hash(input),
        preprocessing,
        options.standardize() ? moments.constantsButForRounding(columns.names()) : List.of(),
        new Blocks(moments.count(), count, train),
        valid,
        test);
  }

  /** Refuses a number outside of the range by its column: rows are elsewhere. */
  private static void refuse(
      String source, Columns columns, Optional<NumberRange.Outside> outside) {
    if (outside.isPresent()) {
      int k = outside.get().column();
      boolean label = k == columns.names().size();
      throw new BadInputException(
          "%s: column '%s' has a %s, expected %s"
              .formatted(
                  source,
                  label ? columns.label() : columns.names().get(k),
                  outside.get().value(),
                  outside.get().expected()));
    }
  }

  private static long count(RowTable table) {
    return (table.rows() - 1) / table.blockRows() + 1;
  }

  private static JavaRDD<RawBlock> part(
      RowTable table, OptionalDouble fraction, boolean heldOut, long seed) {
    if (fraction.isEmpty()) {
      return table.blocks();
    }
    double share = fraction.getAsDouble();
    return table.blocks().map(block -> block.part(heldOut, share, seed));
  }

  private static Moments moments(JavaRDD<RawBlock> blocks, long count) {
    return sum(blocks, count, b -> Moments.of(b.features(), b.targets()), Moments::merge);
  }

  private static <T> T sum(
      JavaRDD<RawBlock> blocks, long count, Function<RawBlock, T> part, BlockSum.Plus<T> plus) {
    return BlockSum.over(blocks, RawBlock::first, count, RowBlock.ROWS, part, plus);
  }

  /** SHA-256 up a tree over the blocks, so that no machine needs all rows. */
  private static String hash(RowTable table) {
    String rows =
        sum(
            table.blocks(),
            count(table),
            block -> Fingerprint.of(block.features(), block.targets()),
            (a, b) -> Fingerprint.of(a + b));
    return HASH_PREFIX + Fingerprint.of(String.join("\n", table.columns().names()) + "\n" + rows);
  }

  private static Blocks checked(Named other, Preprocessing fitted) {
    RowTable table = other.rows;
    return checked(other.named, table.columns(), table.blocks(), count(table), fitted);
  }

  private static Blocks checked(
      String name, Columns columns, JavaRDD<RawBlock> blocks, long count, Preprocessing fitted) {
    Moments moments = moments(blocks, count);
    if (moments.count() == 0) {
      throw new BadInputException(name + ": no row is held out, expected at least one");
    }
    List<Double> known = Arrays.stream(fitted.labels()).boxed().toList();
    for (double label : moments.labels()) {
      if (fitted.twoValued() && !known.contains(label + 0.0)) {
        throw new BadInputException(
            "%s: column '%s' has a %s, expected one of the training labels %s"
                .formatted(name, columns.label(), label, known));
      }
    }
    return new Blocks(moments.count(), count, blocks);
  }

  private static void refuseConstantLabel(String named, Columns columns, Moments train) {
    if (train.constantLabel()) {
      throw new BadInputException(
          "%s: label column '%s' is %s in all %s training rows, expected at least two values"
              .formatted(
                  named,
                  columns.label(),
                  train.count() == 0 ? "missing" : train.labels()[0],
                  train.count()));
    }
  }
}
