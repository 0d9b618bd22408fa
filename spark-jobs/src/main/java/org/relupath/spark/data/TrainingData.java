package org.relupath.spark.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
import org.relupath.spark.io.rows.TableFormat;
import org.relupath.spark.io.rows.TableReader;

/**
 * The rows of a run: training rows, and those held out for choosing and for testing (null where
 * there are none), with labels that the training rows know.
 *
 * @param all the rows of the input before any were held out; their hash says whether data changed
 * @param notes what was left out
 * @param train rows to fit on
 * @param valid rows to choose by, or null
 * @param test rows to measure on, or null
 */
public record TrainingData(
    Observations all, Observations train, Observations valid, Observations test, List<String> notes)
    implements RunRows {

  /** Numbers of rows, 80 MB, from which on it matters whether zeros are kept. */
  private static final long MANY = 10_000_000;

  /** What rows are drawn by where only some are taken. */
  private static final long SAMPLE = 0;

  /** Parts of rows of which none were left out. */
  public TrainingData(Observations all, Observations train, Observations valid, Observations test) {
    this(all, train, valid, test, List.of());
  }

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
    return load(spark, sources, settings, false);
  }

  /**
   * Reads, splits and checks.
   *
   * @param sparse whether rows may be kept by their numbers that are not zero, where settings allow
   */
  static TrainingData load(
      SparkSession spark, Sources sources, RunSettings settings, boolean sparse) {
    TableReader reader = new TableReader(spark, sparse && settings.keepsSparse());
    DataSettings data = settings.data();
    Columns columns = reader.columns(sources.input(), data.columns());
    NamedRows input = named(reader, sources.input(), columns);
    Columns same = like(columns, input.rows(), data);
    boolean split = data.validFraction().isPresent();
    NamedRows valid = split ? null : others(reader, sources.valid(), same);
    NamedRows test = others(reader, sources.test(), same);
    TrainingData loaded =
        of(
            sampled(input, data),
            known(valid, input.rows(), data),
            known(test, input.rows(), data),
            settings);
    return sources.input().format() == TableFormat.LIBSVM && settings.model().centres()
        ? loaded.notingZeros(sources.input().path())
        : loaded;
  }

  /** These rows, with a note where they are many numbers that are zero for the most part. */
  private TrainingData notingZeros(String path) {
    long numbers = all.cells().size();
    if (numbers < MANY
        || 4 * Arrays.stream(all.features().values()).filter(v -> v != 0).count() >= numbers) {
      return this;
    }
    List<String> more = new ArrayList<>(notes);
    more.add(
        "%s: all %d numbers are kept, most of them 0, as columns are centred; --standardize scale"
                .formatted(path, numbers)
            + " keeps the others alone");
    return new TrainingData(all, train, valid, test, more);
  }

  private static NamedRows named(TableReader reader, Source source, Columns columns) {
    return new NamedRows(source.named(), source.path(), reader.rows(source, columns));
  }

  /** Other rows with these columns; null where there are none. */
  private static NamedRows others(TableReader reader, Source source, Columns columns) {
    return source == null ? null : named(reader, source, reader.sameColumns(source, columns));
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
    boolean sparse = settings.keepsSparse();
    NamedRows input = read("rows", rows, columns, sparse);
    Columns same = like(columns, input.rows(), data);
    return of(
        input,
        known(read("held-out rows", valid, same, sparse), input.rows(), data),
        known(read("test rows", test, same, sparse), input.rows(), data),
        settings);
  }

  /** Rows of a data frame; null without one. */
  private static NamedRows read(String name, Dataset<Row> rows, Columns columns, boolean sparse) {
    return rows == null
        ? null
        : new NamedRows(name, name, DatasetRows.read(name, rows, columns, sparse));
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
    NamedRows found = read("rows", rows, columns, preparation.isPlain());
    if (!found.rows().inputs().equals(network.inputs())) {
      throw new BadInputException(
          "rows: have the features %s, expected the network's inputs %s"
              .formatted(found.rows().inputs(), network.inputs()));
    }
    NamedRows named =
        labelled(
            found.like(data.label(), preparation.raw(network.inputs()), preparation.classes()),
            data);
    named.refuseUnseen(data.label(), network.labels());
    return named.rows();
  }

  /** Columns as those of the rows to fit on. */
  private static Columns like(Columns columns, Observations known, DataSettings data) {
    boolean missing = data.columns().missing();
    return columns.like(known.columns(), !known.classes().isEmpty(), name -> missing);
  }

  /** Rows with the texts of the rows to fit on; null where there are none. */
  private static NamedRows known(NamedRows rows, Observations fitted, DataSettings data) {
    return rows == null ? null : rows.like(data.label(), fitted.columns(), fitted.classes());
  }

  /** With one label against all others, where that is asked for; null where there are no rows. */
  private static NamedRows labelled(NamedRows rows, DataSettings data) {
    if (rows == null || data.positive().isEmpty()) {
      return rows;
    }
    if (!rows.rows().classes().isEmpty()) {
      throw new BadInputException(
          "--positive: label column '%s' holds texts, expected numbers".formatted(data.label()));
    }
    return rows.against(data.positive().getAsDouble());
  }

  /** Labels, splits and checks. */
  private static TrainingData of(
      NamedRows input, NamedRows given, NamedRows tests, RunSettings settings) {
    DataSettings data = settings.data();
    String label = data.label();
    NamedRows all = labelled(input, data);
    NamedRows train = all;
    NamedRows valid = labelled(given, data);
    NamedRows test = labelled(tests, data);
    if (data.validFraction().isPresent()) {
      double fraction = data.validFraction().getAsDouble();
      HoldOut split = HoldOut.draw(all.rows().rows(), fraction, settings.model().seed());
      train = all.part(all.named(), split.train());
      valid = all.part("--valid-fraction", split.heldOut());
    }
    train.refuseConstantLabel(label);
    refuseClasses(settings.model().classWeights(), label, train.rows());
    Preprocessing.Options options = settings.model().preprocessing();
    if (!options.mapLabels() && !all.rows().classes().isEmpty()) {
      throw new BadInputException(
          "--label-mapping none: label column '%s' of %s holds texts, expected numbers"
              .formatted(label, input.named()));
    }
    train.refuse(label, NumberRange.ofTraining(Moments.of(train.rows()), options));
    double[] labels =
        options.mapLabels() ? Preprocessing.twoValues(train.rows().targets()) : new double[0];
    List<NamedRows> measured = Stream.of(valid, test).filter(Objects::nonNull).toList();
    for (NamedRows other : measured) {
      other.refuse(label, NumberRange.ofOthers(Moments.of(other.rows()), options));
    }
    for (NamedRows other : measured) {
      other.refuseUnseen(label, labels);
    }
    return new TrainingData(
        all.rows(),
        train.rows(),
        valid == null ? null : valid.rows(),
        test == null ? null : test.rows(),
        Stream.of(input, given, tests)
            .filter(Objects::nonNull)
            .flatMap(rows -> rows.leftOut(data.columns().weights()).stream())
            .toList());
  }

  /** Refuses weights of classes where the label of some rows has not two values. */
  public static void refuseClasses(ClassWeights weights, String label, Observations train) {
    if (weights != ClassWeights.NONE && Preprocessing.twoValues(train.targets()).length == 0) {
      throw new BadInputException(
          "--class-weights: '%s', expected none, as label column '%s' has other than two values"
              .formatted(Label.of(weights), label));
    }
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
}
