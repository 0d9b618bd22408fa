package org.relupath.spark.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Moments;
import org.relupath.core.data.NumberRange;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Network;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.DatasetRows;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;

/**
 * The rows of a run: training rows, and those held out for choosing and for testing (null where
 * there are none), with labels that the training rows know.
 *
 * @param all the rows of the input before any were held out; their hash says whether data changed
 * @param train rows to fit on
 * @param valid rows to choose by, or null
 * @param test rows to measure on, or null
 */
public record TrainingData(
    Observations all, Observations train, Observations valid, Observations test)
    implements RunRows {

  /** What rows are drawn by where only some are taken. */
  private static final long SAMPLE = 0;

  /** Files that were checked before a session started. */
  public record Sources(Source input, Source valid, Source test) {
    /** Looks at every file the settings name. */
    public static Sources open(DataSettings data, Configuration hadoop) {
      return new Sources(
          Source.open("--input", data.input(), data.format(), data.text(), hadoop),
          open("--valid", data.valid(), data, hadoop),
          open("--test", data.test(), data, hadoop));
    }

    private static Source open(
        String option, String path, DataSettings data, Configuration hadoop) {
      return path == null ? null : Source.open(option, path, data.format(), data.text(), hadoop);
    }
  }

  /** The rows of a part; null where there are none. */
  public Observations rows(Part part) {
    return part.of(train, valid, test);
  }

  @Override
  public List<String> inputs() {
    return all.inputs();
  }

  @Override
  public long count() {
    return all.rows();
  }

  @Override
  public Long count(Part part) {
    return rows(part) == null ? null : (Long) (long) rows(part).rows();
  }

  @Override
  public String hash() {
    return Fingerprint.of(all);
  }

  /** Reads, splits and checks. */
  public static TrainingData load(SparkSession spark, Sources sources, RunSettings settings) {
    TableReader reader = new TableReader(spark);
    DataSettings data = settings.data();
    Columns columns = reader.columns(sources.input(), data.columns());
    Observations rows = reader.read(sources.input(), columns);
    Observations all = labelled(sampled(rows, data), data);
    boolean split = data.validFraction().isPresent();
    Named valid = split ? null : read(reader, sources.valid(), columns, rows, data);
    Named test = read(reader, sources.test(), columns, rows, data);
    Named input = new Named(sources.input().named(), sources.input().path(), all);
    return of(input, valid, test, settings);
  }

  /**
   * Rows of data frames.
   *
   * @param rows to fit on; if settings hold out a share of them, without these
   * @param valid to choose lambda by, or null
   * @param test for the final measurement, or null
   * @throws BadInputException naming the column and row, the value and what was expected
   */
  public static TrainingData of(
      Dataset<Row> rows, Dataset<Row> valid, Dataset<Row> test, RunSettings settings) {
    DataSettings data = settings.data();
    if (valid != null && data.validFraction().isPresent()) {
      throw new BadInputException("valid-fraction: held-out rows are given as well, expected one");
    }
    Columns columns = DatasetRows.columns("rows", rows, data.columns());
    Observations all = DatasetRows.read("rows", rows, columns);
    return of(
        new Named("rows", "rows", labelled(all, data)),
        read("held-out rows", valid, columns, all, data),
        read("test rows", test, columns, all, data),
        settings);
  }

  /**
   * Rows of a data frame to measure a network on.
   *
   * @throws BadInputException where they have not the network's inputs, or a label is none of its
   *     two
   */
  public static Observations read(Dataset<Row> rows, Network network, RunSettings settings) {
    DataSettings data = settings.data();
    Preparation preparation = network.preparation();
    Columns columns =
        TableReader.like(
            DatasetRows.columns("rows", rows, data.columns()), network.inputs(), preparation);
    Observations found = DatasetRows.read("rows", rows, columns);
    Observations read =
        labelled(
            found.inputs().equals(network.inputs())
                ? TableReader.known(
                    "rows",
                    data.label(),
                    found,
                    preparation.raw(network.inputs()),
                    preparation.classes())
                : found,
            data);
    if (!read.inputs().equals(network.inputs())) {
      throw new BadInputException(
          "rows: have the features %s, expected the network's inputs %s"
              .formatted(read.inputs(), network.inputs()));
    }
    Labels.refuseUnseen("rows", data.label(), read, null, network.labels());
    return read;
  }

  private static Named read(
      String name, Dataset<Row> rows, Columns columns, Observations known, DataSettings data) {
    if (rows == null) {
      return null;
    }
    Observations read = DatasetRows.read(name, rows, like(columns, known, data));
    return new Named(
        name,
        name,
        labelled(
            TableReader.known(name, data.label(), read, known.columns(), known.classes()), data));
  }

  /**
   * Rows that were read.
   *
   * @param named how messages call them: the option and the path
   */
  private record Named(String named, String path, Observations rows) {}

  /** Splits and checks. */
  private static TrainingData of(Named input, Named given, Named test, RunSettings settings) {
    String label = settings.data().label();
    Observations all = input.rows;
    Observations train = all;
    Observations valid = given == null ? null : given.rows;
    int[] validRows = null;
    if (settings.data().validFraction().isPresent()) {
      double fraction = settings.data().validFraction().getAsDouble();
      HoldOut split = HoldOut.draw(all.rows(), fraction, settings.model().seed());
      train = all.select(split.train());
      valid = all.select(split.heldOut());
      validRows = split.heldOut();
    }
    Labels.refuseConstant(input.named, label, train);
    Preprocessing.Options options = settings.model().preprocessing();
    if (!options.mapLabels() && !all.classes().isEmpty()) {
      throw new BadInputException(
          "--label-mapping none: label column '%s' of %s holds texts, expected numbers"
              .formatted(label, input.named));
    }
    refuse(input.path, label, all, NumberRange.ofTraining(moments(train), options));
    if (valid != null) {
      Named source = given == null ? input : given;
      refuse(source.path, label, source.rows, NumberRange.ofOthers(moments(valid), options));
    }
    if (test != null) {
      refuse(test.path, label, test.rows, NumberRange.ofOthers(moments(test.rows), options));
    }
    if (options.mapLabels()) {
      double[] labels = Preprocessing.twoValues(train.targets());
      String name = given == null ? "--valid-fraction" : given.named;
      Labels.refuseUnseen(name, label, valid, validRows, labels);
      if (test != null) {
        Labels.refuseUnseen(test.named, label, test.rows, null, labels);
      }
    }
    return new TrainingData(all, train, valid, test == null ? null : test.rows);
  }

  private static Moments moments(Observations rows) {
    return Moments.of(rows.features(), rows.targets());
  }

  /** Refuses a number outside of the range by its row and column. */
  private static void refuse(
      String source, String labelName, Observations rows, Optional<NumberRange.Outside> outside) {
    if (outside.isPresent()) {
      int k = outside.get().column();
      double value = outside.get().value();
      boolean label = k == rows.inputs().size();
      int row =
          IntStream.range(0, rows.rows())
              .filter(r -> (label ? rows.targets()[r] : rows.features().get(r, k)) == value)
              .findFirst()
              .orElseThrow();
      throw new BadInputException(
          "%s: row %s column '%s' is %s, expected %s%s"
              .formatted(
                  source,
                  row + 1,
                  label ? labelName : rows.inputs().get(k),
                  value,
                  outside.get().expected(),
                  label ? "" : ", or another choice of --features"));
    }
  }

  /** As many rows as were asked for, the same ones whatever the run's seed. */
  private static Observations sampled(Observations all, DataSettings data) {
    if (data.rows().isEmpty() || data.rows().getAsInt() == all.rows()) {
      return all;
    }
    int wanted = data.rows().getAsInt();
    if (wanted > all.rows()) {
      throw new BadInputException(
          "--sample-rows: '%s', expected at most the %s of %s"
              .formatted(wanted, all.rows(), data.input()));
    }
    return all.select(HoldOut.draw(all.rows(), (double) wanted / all.rows(), SAMPLE).heldOut());
  }

  /** One label against all others: +1 and -1. */
  private static Observations labelled(Observations rows, DataSettings data) {
    if (data.positive().isEmpty()) {
      return rows;
    }
    if (!rows.classes().isEmpty()) {
      throw new BadInputException(
          "--positive: label column '%s' holds texts, expected numbers".formatted(data.label()));
    }
    double positive = data.positive().getAsDouble();
    double[] signs =
        Arrays.stream(rows.targets()).map(label -> label == positive ? 1 : -1).toArray();
    return rows.withTargets(signs);
  }

  /** Other rows with these columns; null where there are none. */
  private static Named read(
      TableReader reader, Source source, Columns columns, Observations known, DataSettings data) {
    if (source == null) {
      return null;
    }
    Columns same = reader.sameColumns(source, like(columns, known, data));
    Observations rows = reader.readLike(source, same, known.columns(), known.classes());
    return new Named(source.named(), source.path(), labelled(rows, data));
  }

  /** Columns as those of the rows to fit on. */
  private static Columns like(Columns columns, Observations known, DataSettings data) {
    boolean missing = data.columns().missing();
    return columns.like(known.columns(), !known.classes().isEmpty(), name -> missing);
  }
}
