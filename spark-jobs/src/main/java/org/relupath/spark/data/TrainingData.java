package org.relupath.spark.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.Label;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Network;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.DatasetRows;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;

/**
 * The rows of a run: training rows, and those held out for choosing and for testing (null where
 * there are none), with labels that the training rows know.
 *
 * @param all the rows of the input before any were held out; their hash says whether data changed
 * @param notes what was left out
 * @param labels of one label against all others those that the input has, all texts or all numbers,
 *     in order; empty where there is none such, or of more than {@value #MOST_LABELS}
 * @param train rows to fit on
 * @param valid rows to choose by, or null
 * @param test rows to measure on, or null
 */
public record TrainingData(
    Observations all,
    Observations train,
    Observations valid,
    Observations test,
    List<String> notes,
    List<?> labels)
    implements RunRows {
  /** Labels beside a positive one that a run keeps. */
  private static final int MOST_LABELS = 1000;

  /** Copies the lists. */
  public TrainingData {
    notes = List.copyOf(notes);
    labels = labels.size() > MOST_LABELS ? List.of() : List.copyOf(labels);
  }

  /** Parts of rows of which none were left out. */
  public TrainingData(Observations all, Observations train, Observations valid, Observations test) {
    this(all, train, valid, test, List.of(), List.of());
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

  /**
   * Reads, splits and checks rows of one output.
   *
   * @param like a network whose inputs the columns are taken for, and its labels for the label, but
   *     for levels, which are the rows' own; null to take them for what their cells are
   * @throws BadInputException naming the column and row, the value and what was expected; also if
   *     labels are more than two texts, and none of them is the positive one
   */
  public static TrainingData load(
      SparkSession spark, Sources sources, RunSettings settings, Network like) {
    settings.data().label();
    return LabelOutputs.single(SplitRows.load(spark, sources, settings, like, false), settings);
  }

  /**
   * Rows of data frames, of one output.
   *
   * @param rows to fit on; if settings hold out a share of them, without these
   * @param valid to choose lambda by, or null
   * @param test for the final measurement, or null
   * @throws BadInputException naming the column and row, the value and what was expected
   */
  public static TrainingData of(
      Dataset<Row> rows, Dataset<Row> valid, Dataset<Row> test, RunSettings settings) {
    settings.data().label();
    return LabelOutputs.single(SplitRows.of(rows, valid, test, settings), settings);
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
    CellType label = labelType(preparation, data);
    Columns columns =
        TableReader.like(
            DatasetRows.columns("rows", rows, data.columns()),
            network.inputs(),
            preparation,
            label);
    NamedRows found = SplitRows.read("rows", rows, columns, preparation.isPlain());
    if (!found.rows().inputs().equals(network.inputs())) {
      throw new BadInputException(
          "rows: have the features %s, expected the network's inputs %s"
              .formatted(found.rows().inputs(), network.inputs()));
    }
    NamedRows own = data.positive() == null ? found : found.against(data.positive());
    NamedRows named = own.like(preparation.raw(network.inputs()), preparation.classes());
    named.refuseUnseen(network.labels());
    return named.rows();
  }

  /**
   * What the label of a network is taken for: texts where it has some, anything where one is asked
   * for against all others, else numbers.
   */
  public static CellType labelType(Preparation preparation, DataSettings data) {
    if (data.positive() != null) {
      return CellType.AUTO;
    }
    return preparation.classes().isEmpty() ? CellType.NUMBER : CellType.CATEGORY;
  }

  /** Refuses weights of classes where the label of some rows has not two values. */
  public static void refuseClasses(ClassWeights weights, String label, Observations train) {
    if (weights != ClassWeights.NONE && Preprocessing.twoValues(train.targets()).length == 0) {
      throw new BadInputException(
          "--class-weights: '%s', expected none, as label column '%s' has other than two values"
              .formatted(Label.of(weights), label));
    }
  }
}
