package org.relupath.spark.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.relupath.core.data.Label;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.score.Threshold;
import org.relupath.spark.config.DataSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.Task;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Fingerprint;
import org.relupath.spark.io.Shown;
import org.relupath.spark.io.cells.CellText;
import org.relupath.spark.io.rows.CsvCell;

/**
 * What outputs a network for a label has: one, one for each class of more than two, or one for each
 * label column.
 */
final class LabelOutputs {
  /** Classes at most: each is a network of its own. */
  private static final int MOST = 1000;

  /** Whole numbers that are taken for classes unasked: that many different ones at most, */
  private static final int FEW = 10;

  /** each in so many rows at least. */
  private static final int OFTEN = 5;

  private LabelOutputs() {}

  /** The rows of all outputs, checked. */
  static RunRows of(SplitRows rows, RunSettings settings) {
    DataSettings data = settings.data();
    if (data.labels().size() > 1) {
      return columns(rows, settings);
    }
    if (data.positive() != null || data.task() == Task.REGRESSION) {
      return single(rows, settings);
    }
    int texts = rows.all().rows().classes().size();
    boolean maps = settings.model().preprocessing().mapLabels();
    Optional<String> guess =
        texts > 0 || !maps || data.task() != Task.AUTO ? Optional.empty() : guess(rows.all());
    boolean amounts = texts == 0 && data.task() == Task.AUTO && guess.isEmpty();
    double[] labels = distinct(rows.train().rows());
    return amounts || labels.length <= 2
        ? single(rows, settings)
        : classes(rows, labels, guess, settings);
  }

  /**
   * The rows of one output, checked.
   *
   * @throws BadInputException if labels are more than two texts and none of them is the positive
   *     one
   */
  static TrainingData single(SplitRows rows, RunSettings settings) {
    DataSettings data = settings.data();
    String label = data.label();
    String positive = data.positive();
    SplitRows own = positive == null ? twoLeft(rows) : rows.map(part -> part.against(positive));
    List<String> classes = own.all().rows().classes();
    if (!classes.isEmpty() && data.task() == Task.REGRESSION) {
      throw new BadInputException(
          "--task regression: label column '%s' of %s holds texts, expected numbers"
              .formatted(label, own.all().named()));
    }
    int values = distinct(own.train().rows()).length;
    if (data.task() == Task.CLASSIFICATION && values > 2) {
      throw new BadInputException(
          ("--task classification: label column '%s' of %s has %s different labels, expected two,"
                  + " or --positive with one of them")
              .formatted(label, own.train().named(), values));
    }
    if (!classes.isEmpty() && classes.size() != 2) {
      throw new BadInputException(
          "%s: label column '%s' has %s different texts (%s), expected numbers, two texts, or %s"
              .formatted(
                  own.all().named(),
                  label,
                  classes.size(),
                  Shown.values(classes),
                  classes.size() == 1 ? "more" : "--positive with one of them"));
    }
    own.check(settings);
    Observations read = rows.all().rows();
    List<?> labels = positive == null ? List.of() : labels(read.classes(), distinct(read));
    return own.data(rows.notes(settings), labels);
  }

  /** Where training rows have two of more texts left, rows of a label that has these two. */
  private static SplitRows twoLeft(SplitRows rows) {
    List<String> texts = rows.all().rows().classes();
    double[] labels = texts.size() > 2 ? distinct(rows.train().rows()) : new double[0];
    if (labels.length != 2) {
      return rows;
    }
    rows.measured().forEach(other -> other.refuseUnseen(labels));
    List<String> two = Arrays.stream(labels).mapToObj(label -> texts.get((int) label)).toList();
    return rows.map(part -> part.like(part.rows().columns(), two));
  }

  /** Labels of training rows, ascending. */
  private static double[] distinct(Observations rows) {
    return Arrays.stream(rows.targets()).map(label -> label + 0.0).sorted().distinct().toArray();
  }

  /** Targets as labels: as they are, or the texts whose positions they are. */
  private static List<?> labels(List<String> texts, double[] targets) {
    return texts.isEmpty()
        ? Arrays.stream(targets).boxed().toList()
        : Arrays.stream(targets).mapToObj(label -> texts.get((int) label)).toList();
  }

  /** What to say where numbers are taken for classes unasked; empty where they are not. */
  private static Optional<String> guess(NamedRows all) {
    Map<Double, Integer> counts = new TreeMap<>();
    for (double label : all.rows().targets()) {
      counts.merge(label + 0.0, 1, Integer::sum);
      if (label != Math.rint(label) || counts.size() > FEW) {
        return Optional.empty();
      }
    }
    boolean often = counts.values().stream().allMatch(count -> count >= OFTEN);
    return counts.size() > 2 && often
        ? Optional.of(
            ("label '%s' has %s whole numbers: taken as classes, expected --task regression where"
                    + " they are amounts")
                .formatted(all.label(), counts.size()))
        : Optional.empty();
  }

  /** Each class against all others. */
  private static OutputRows classes(
      SplitRows rows, double[] labels, Optional<String> guess, RunSettings settings) {
    List<String> texts = rows.all().rows().classes();
    if (labels.length > MOST) {
      throw new BadInputException(
          "%s: label column '%s' has %s different labels, expected at most %s classes%s"
              .formatted(
                  rows.train().named(),
                  rows.train().label(),
                  labels.length,
                  MOST,
                  texts.isEmpty() ? " (--task regression takes numbers)" : ""));
    }
    if (!settings.model().preprocessing().mapLabels()) {
      throw new BadInputException(
          "--label-mapping none: label column '%s' of %s has %s classes, expected auto"
              .formatted(rows.all().label(), rows.all().named(), labels.length));
    }
    if (!settings.scores().threshold().equals(Threshold.ZERO)) {
      throw new BadInputException(
          ("--threshold: label column '%s' of %s has %s classes, expected two, or --positive with"
                  + " one of them")
              .formatted(rows.all().label(), rows.all().named(), labels.length));
    }
    for (NamedRows other : rows.measured()) {
      other.refuseUnseen(labels);
    }
    List<?> classes = labels(texts, labels);
    List<OutputRows.Output> outputs = new ArrayList<>();
    for (int k = 0; k < labels.length; k++) {
      double label = labels[k];
      Object own = classes.get(k);
      String name = texts.isEmpty() ? CellText.of(label) : texts.get((int) label);
      SplitRows against = rows.map(part -> part.against(label));
      (outputs.isEmpty() ? against : against.map(part -> part.columns(0))).check(settings);
      outputs.add(
          new OutputRows.Output(name, against.data(List.of(), classes), Map.of("positive", own)));
    }
    List<String> notes = new ArrayList<>(rows.notes(settings));
    guess.ifPresent(notes::add);
    return new OutputRows(outputs, classes, Fingerprint.of(rows.all().rows()), notes);
  }

  /** Each label column. */
  private static OutputRows columns(SplitRows rows, RunSettings settings) {
    List<String> labels = settings.data().labels();
    int features = rows.all().rows().columns().size() - (labels.size() - 1);
    SplitRows own = rows.map(part -> part.columns(features));
    List<OutputRows.Output> outputs = new ArrayList<>();
    for (int k = 0; k < labels.size(); k++) {
      String label = labels.get(k);
      int column = features + k - 1;
      SplitRows output =
          k == 0 ? own : own.with(rows, (part, read) -> part.labelled(label, read.column(column)));
      (k == 0 ? output : output.map(part -> part.columns(0))).check(settings);
      outputs.add(
          new OutputRows.Output(
              label,
              output.data(List.of(), List.of()),
              settings(label, output.train().rows(), settings)));
    }
    return new OutputRows(
        outputs, List.of(), Fingerprint.of(rows.all().rows()), rows.notes(settings));
  }

  /** What makes a run of one label column. */
  private static Map<String, Object> settings(
      String label, Observations train, RunSettings settings) {
    List<String> drop = new ArrayList<>(settings.data().columns().drop());
    settings.data().labels().stream().filter(other -> !other.equals(label)).forEach(drop::add);
    boolean two =
        settings.data().task() == Task.AUTO && Preprocessing.twoValues(train.targets()).length == 2;
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("label", CsvCell.quote(label));
    own.put("drop", drop);
    own.put("task", Label.of(two ? Task.AUTO : Task.REGRESSION));
    return own;
  }
}
