package org.relupath.spark.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Moments;
import org.relupath.core.data.NumberRange;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.rows.Columns;
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
    Observations all, Observations train, Observations valid, Observations test) {

  /** What rows are drawn by where only some are taken. */
  private static final long SAMPLE = 0;

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

  /** Reads, splits and checks. */
  public static TrainingData load(SparkSession spark, Sources sources, RunSettings settings) {
    TableReader reader = new TableReader(spark);
    DataSettings data = settings.data();
    Columns columns = reader.columns(sources.input(), data.features(), data.label());
    Observations all = labelled(sampled(reader.read(sources.input(), columns), data), data);
    Observations train = all;
    Observations valid = null;
    int[] validRows = null;
    if (data.validFraction().isPresent()) {
      HoldOut split =
          HoldOut.draw(all.rows(), data.validFraction().getAsDouble(), settings.model().seed());
      train = all.select(split.train());
      valid = all.select(split.heldOut());
      validRows = split.heldOut();
    } else if (sources.valid() != null) {
      valid = labelled(read(reader, sources.valid(), columns), data);
    }
    Observations test =
        sources.test() == null ? null : labelled(read(reader, sources.test(), columns), data);
    refuseConstantLabel(sources.input(), columns, train);
    Preprocessing.Options options = settings.model().preprocessing();
    refuse(sources.input().path(), columns, all, NumberRange.ofTraining(moments(train), options));
    if (valid != null) {
      String where = sources.valid() == null ? sources.input().path() : sources.valid().path();
      Observations read = sources.valid() == null ? all : valid;
      refuse(where, columns, read, NumberRange.ofOthers(moments(valid), options));
    }
    if (test != null) {
      refuse(sources.test().path(), columns, test, NumberRange.ofOthers(moments(test), options));
    }
    if (settings.model().preprocessing().mapLabels()) {
      double[] labels = Preprocessing.twoValues(train.targets());
      refuseUnseen(
          data.valid() == null ? "--valid-fraction" : "--valid " + data.valid(),
          columns,
          valid,
          validRows,
          labels);
      refuseUnseen("--test " + data.test(), columns, test, null, labels);
    }
    return new TrainingData(all, train, valid, test);
  }

  private static Moments moments(Observations rows) {
    return Moments.of(rows.features(), rows.targets());
  }

  /** Refuses a number outside of the range by its row and column. */
  private static void refuse(
      String source, Columns columns, Observations rows, Optional<NumberRange.Outside> outside) {
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
          source
              + ": row "
              + (row + 1)
              + " column '"
              + (label ? columns.label() : rows.inputs().get(k))
              + "' is "
              + value
              + ", expected "
              + outside.get().expected()
              + (label ? "" : ", or another choice of --features"));
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
          "--sample-rows: '"
              + wanted
              + "', expected at most the "
              + all.rows()
              + " of "
              + data.input());
    }
    return all.select(HoldOut.draw(all.rows(), (double) wanted / all.rows(), SAMPLE).heldOut());
  }

  /** One label against all others: +1 and -1. */
  private static Observations labelled(Observations rows, DataSettings data) {
    if (data.positive().isEmpty()) {
      return rows;
    }
    double positive = data.positive().getAsDouble();
    double[] signs =
        Arrays.stream(rows.targets()).map(label -> label == positive ? 1 : -1).toArray();
    return new Observations(rows.inputs(), rows.features(), signs);
  }

  private static Observations read(TableReader reader, Source source, Columns columns) {
    if (!source.header().isEmpty()) {
      reader.columns(source, columns.names(), columns.label());
    }
    return reader.read(source, columns);
  }

  private static void refuseConstantLabel(Source source, Columns columns, Observations train) {
    double first = train.targets()[0];
    if (Arrays.stream(train.targets()).allMatch(label -> label == first)) {
      throw new BadInputException(
          source.named()
              + ": label column '"
              + columns.label()
              + "' is "
              + first
              + " in all "
              + train.rows()
              + " training rows, expected at least two values");
    }
  }

  private static void refuseUnseen(
      String name, Columns columns, Observations rows, int[] numbers, double[] labels) {
    if (rows == null || labels.length == 0) {
      return;
    }
    for (int r = 0; r < rows.rows(); r++) {
      double label = rows.targets()[r];
      if (label != labels[0] && label != labels[1]) {
        throw new BadInputException(
            name
                + ": row "
                + ((numbers == null ? r : numbers[r]) + 1)
                + " column '"
                + columns.label()
                + "' is "
                + label
                + ", expected one of the training labels "
                + List.of(labels[0], labels[1]));
      }
    }
  }
}
