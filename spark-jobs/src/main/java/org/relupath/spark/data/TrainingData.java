package org.relupath.spark.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.Label;
import org.relupath.core.data.Moments;
import org.relupath.core.data.NumberRange;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Network;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.DatasetRows;
import org.relupath.spark.io.rows.ReadRows;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;

/**
 * The rows of a run: training rows, and those held out for choosing and for testing (null where
 * there are none), with labels that the training rows know.
 *
 * @param all the rows of the input before any were held out; their hash says whether data changed
 * @param read how many rows the input has, those of weight 0 among them
 * @param notes what was left out
 * @param train rows to fit on
 * @param valid rows to choose by, or null
 * @param test rows to measure on, or null
 */
public record TrainingData(
    Observations all,
    Observations train,
    Observations valid,
    Observations test,
    long read,
    List<String> notes)
    implements RunRows {

  /** What rows are drawn by where only some are taken. */
  private static final long SAMPLE = 0;

  /** Parts of rows of which none were left out. */
  public TrainingData(Observations all, Observations train, Observations valid, Observations test) {
    this(all, train, valid, test, all.rows(), List.of());
  }

  /** Files that were checked before a session started. */
  public record Sources(Source input, Source valid, Source test) {
    /** Looks at every file the settings name. */
    public static Sources open(DataSettings data, Configuration hadoop) {
      return new Sources(
          Source.open("--input", data.input(), data.format(), hadoop),
          open("--valid", data.valid(), data, hadoop),
          open("--test", data.test(), data, hadoop));
    }

    private static Source open(
        String option, String path, DataSettings data, Configuration hadoop) {
      return path == null ? null : Source.open(option, path, data.format(), hadoop);
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
    return read;
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
    Columns columns =
        reader.columns(sources.input(), data.features(), data.label(), data.weights());
    ReadRows all = labelled(sampled(reader.rows(sources.input(), columns), data), data);
    boolean split = data.validFraction().isPresent();
    Named valid = split ? null : read(reader, sources.valid(), columns, data);
    Named test = read(reader, sources.test(), columns, data);
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
    Named input = read("rows", rows, data.features(), data);
    List<String> features =
        DatasetRows.columns("rows", rows, data.label(), data.features(), data.weights());
    return of(
        input,
        valid == null ? null : read("held-out rows", valid, features, data),
        test == null ? null : read("test rows", test, features, data),
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
    Named named = read("rows", rows, data.features(), data);
    Observations read = named.rows();
    if (!read.inputs().equals(network.inputs())) {
      throw new BadInputException(
          "rows: have the features %s, expected the network's inputs %s"
              .formatted(read.inputs(), network.inputs()));
    }
    refuseUnseen("rows", data.label(), read, named.read.numbers(), network.labels());
    return read;
  }

  private static Named read(
      String name, Dataset<Row> rows, List<String> features, DataSettings data) {
    ReadRows read = DatasetRows.read(name, rows, data.label(), features, data.weights());
    return new Named(name, name, labelled(read, data));
  }

  /**
   * Rows that were read.
   *
   * @param named how messages call them: the option and the path
   */
  private record Named(String named, String path, ReadRows read) {
    Observations rows() {
      return read.rows();
    }
  }

  /** Splits and checks. */
  private static TrainingData of(Named input, Named given, Named test, RunSettings settings) {
    String label = settings.data().label();
    Observations all = input.rows();
    Observations train = all;
    Observations valid = given == null ? null : given.rows();
    int[] validRows = given == null ? null : given.read.numbers();
    if (settings.data().validFraction().isPresent()) {
      double fraction = settings.data().validFraction().getAsDouble();
      HoldOut split = HoldOut.draw(all.rows(), fraction, settings.model().seed());
      train = all.select(split.train());
      valid = all.select(split.heldOut());
      validRows = input.read.select(split.heldOut()).numbers();
    }
    refuseConstantLabel(input.named, label, train);
    refuseClasses(settings.model().classWeights(), label, train);
    Preprocessing.Options options = settings.model().preprocessing();
    refuse(input, label, NumberRange.ofTraining(moments(train), options));
    if (valid != null) {
      Named source = given == null ? input : given;
      refuse(source, label, NumberRange.ofOthers(moments(valid), options));
    }
    if (test != null) {
      refuse(test, label, NumberRange.ofOthers(moments(test.rows()), options));
    }
    if (options.mapLabels()) {
      double[] labels = Preprocessing.twoValues(train.targets());
      String name = given == null ? "--valid-fraction" : given.named;
      refuseUnseen(name, label, valid, validRows, labels);
      if (test != null) {
        refuseUnseen(test.named, label, test.rows(), test.read.numbers(), labels);
      }
    }
    return new TrainingData(
        all,
        train,
        valid,
        test == null ? null : test.rows(),
        (long) all.rows() + input.read.leftOut(),
        Stream.of(input, given, test).flatMap(named -> note(named, settings).stream()).toList());
  }

  private static Optional<String> note(Named named, RunSettings settings) {
    return named == null || named.read.leftOut() == 0
        ? Optional.empty()
        : Optional.of(named.read.note(named.path, settings.data().weights()));
  }

  /** Refuses weights of classes where there are none. */
  private static void refuseClasses(ClassWeights weights, String label, Observations train) {
    if (weights != ClassWeights.NONE && Preprocessing.twoValues(train.targets()).length == 0) {
      throw new BadInputException(
          "--class-weights: '%s', expected none, as label column '%s' has more than two values"
              .formatted(Label.of(weights), label));
    }
  }

  private static Moments moments(Observations rows) {
    return Moments.of(rows);
  }

  /** Refuses a number outside of the range by its row and column. */
  private static void refuse(
      Named source, String labelName, Optional<NumberRange.Outside> outside) {
    if (outside.isPresent()) {
      Observations rows = source.rows();
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
                  source.path,
                  source.read.numbers()[row] + 1,
                  label ? labelName : rows.inputs().get(k),
                  value,
                  outside.get().expected(),
                  label ? "" : ", or another choice of --features"));
    }
  }

  /** As many rows as were asked for, the same ones whatever the run's seed. */
  private static ReadRows sampled(ReadRows all, DataSettings data) {
    int n = all.rows().rows();
    if (data.rows().isEmpty() || data.rows().getAsInt() == n) {
      return all;
    }
    int wanted = data.rows().getAsInt();
    if (wanted > n) {
      throw new BadInputException(
          "--sample-rows: '%s', expected at most the %s of %s%s"
              .formatted(
                  wanted, n, data.input(), all.leftOut() == 0 ? "" : " with a weight above 0"));
    }
    return all.select(HoldOut.draw(n, (double) wanted / n, SAMPLE).heldOut());
  }

  /** One label against all others: +1 and -1. */
  private static ReadRows labelled(ReadRows read, DataSettings data) {
    if (data.positive().isEmpty()) {
      return read;
    }
    double positive = data.positive().getAsDouble();
    double[] signs =
        Arrays.stream(read.rows().targets()).map(label -> label == positive ? 1 : -1).toArray();
    return read.withTargets(signs);
  }

  /** Other rows with these columns; null where there are none. */
  private static Named read(TableReader reader, Source source, Columns columns, DataSettings data) {
    if (source == null) {
      return null;
    }
    ReadRows rows = reader.rows(source, reader.sameColumns(source, columns));
    return new Named(source.named(), source.path(), labelled(rows, data));
  }

  private static void refuseConstantLabel(String named, String label, Observations train) {
    double first = train.targets()[0];
    if (Arrays.stream(train.targets()).allMatch(value -> value == first)) {
      throw new BadInputException(
          "%s: label column '%s' is %s in all %s training rows, expected at least two values"
              .formatted(named, label, first, train.rows()));
    }
  }

  private static void refuseUnseen(
      String name, String labelName, Observations rows, int[] numbers, double[] labels) {
    if (rows == null || labels.length == 0) {
      return;
    }
    for (int r = 0; r < rows.rows(); r++) {
      double label = rows.targets()[r];
      if (label != labels[0] && label != labels[1]) {
        throw new BadInputException(
            "%s: row %s column '%s' is %s, expected one of the training labels %s"
                .formatted(name, numbers[r] + 1, labelName, label, List.of(labels[0], labels[1])));
      }
    }
  }
}
