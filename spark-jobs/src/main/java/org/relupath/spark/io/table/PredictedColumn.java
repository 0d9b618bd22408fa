package org.relupath.spark.io.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.StoredNetwork;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;
import org.relupath.spark.io.cells.CellText;
import org.relupath.spark.io.rows.CsvCell;

/**
 * A column of predictions.
 *
 * <p>Of a network of one output: {@code prediction}, the raw score; where the label has two values
 * {@code predictedLabel}, the second one for scores from the threshold on; and where there are
 * probabilities {@code probability}, that of the second label.
 *
 * <p>Of several outputs: {@code prediction_NAME}, the raw score of each; where they are classes
 * {@code predictedLabel}, that of the largest score, the first of equal ones, and where each has
 * probabilities {@code probability_NAME}, its own against the rest divided by the sum of all. Label
 * columns have {@code predictedLabel_NAME} and {@code probability_NAME} where that one of them
 * would alone.
 *
 * @param name its name
 * @param kind what its values are
 * @param values the value of a row: a text, or a number
 */
public record PredictedColumn(String name, Kind kind, IntFunction<?> values) {
  /** What values of a column are. */
  public enum Kind {
    /** Numbers that were computed, in full precision. */
    SCORE,
    /** Labels that are numbers, as people write them. */
    NUMBER,
    /** Labels that are texts. */
    TEXT
  }

  private static final String SCORE = "prediction";
  private static final String LABEL = "predictedLabel";
  private static final String PROBABILITY = "probability";

  /** All names that columns of a network's predictions may have. */
  static List<String> names(StoredNetwork network) {
    return network instanceof MultiOutputNetwork several
        ? Stream.concat(
                Stream.of(LABEL),
                several.names().stream()
                    .flatMap(own -> Stream.of(SCORE, LABEL, PROBABILITY).map(n -> of(n, own))))
            .toList()
        : List.of(SCORE, LABEL, PROBABILITY);
  }

  private static String of(String column, String output) {
    return column + "_" + output;
  }

  /**
   * The predictions of a network.
   *
   * @param scores n raw scores of each of its outputs, one a column
   */
  public static List<PredictedColumn> of(StoredNetwork network, Matrix scores) {
    if (network instanceof MultiOutputNetwork several) {
      return several.classes().isEmpty() ? columns(several, scores) : classes(several, scores);
    }
    Network one = (Network) network;
    List<PredictedColumn> all = new ArrayList<>();
    all.add(numbers(SCORE, scores, 0));
    all.addAll(alone(one, scores, 0, LABEL, PROBABILITY));
    return all;
  }

  private static PredictedColumn numbers(String name, Matrix values, int k) {
    return new PredictedColumn(name, Kind.SCORE, r -> values.get(r, k));
  }

  /** Labels, each at a position among some. */
  private static PredictedColumn labels(String name, List<?> labels, IntUnaryOperator at) {
    Kind kind = labels.get(0) instanceof String ? Kind.TEXT : Kind.NUMBER;
    return new PredictedColumn(name, kind, r -> labels.get(at.applyAsInt(r)));
  }

  /** The label and the probability of output k by itself, as far as it has them. */
  private static List<PredictedColumn> alone(
      Network network, Matrix scores, int k, String labelName, String probabilityName) {
    List<PredictedColumn> own = new ArrayList<>();
    List<String> texts = network.preparation().classes();
    List<?> labels = texts.isEmpty() ? Arrays.stream(network.labels()).boxed().toList() : texts;
    if (!labels.isEmpty()) {
      double threshold = Calibration.threshold(network.calibration());
      own.add(labels(labelName, labels, r -> scores.get(r, k) >= threshold ? 1 : 0));
    }
    PlattScaling scaling = Calibration.scaling(network.calibration());
    if (scaling != null) {
      own.add(
          new PredictedColumn(
              probabilityName, Kind.SCORE, r -> scaling.probability(scores.get(r, k))));
    }
    return own;
  }

  private static List<PredictedColumn> scores(MultiOutputNetwork network, Matrix scores) {
    List<PredictedColumn> all = new ArrayList<>();
    for (int k = 0; k < network.size(); k++) {
      all.add(numbers(of(SCORE, network.names().get(k)), scores, k));
    }
    return all;
  }

  private static List<PredictedColumn> columns(MultiOutputNetwork network, Matrix scores) {
    List<PredictedColumn> all = scores(network, scores);
    for (int k = 0; k < network.size(); k++) {
      String name = network.names().get(k);
      Network own = network.networks().get(k);
      all.addAll(alone(own, scores, k, of(LABEL, name), of(PROBABILITY, name)));
    }
    return all;
  }

  private static List<PredictedColumn> classes(MultiOutputNetwork network, Matrix scores) {
    List<PredictedColumn> all = scores(network, scores);
    int[] largest = MultiOutputNetwork.largest(scores);
    all.add(labels(LABEL, network.classes(), r -> largest[r]));
    Matrix probabilities = network.probabilities(scores);
    for (int k = 0; probabilities != null && k < network.size(); k++) {
      all.add(numbers(of(PROBABILITY, network.names().get(k)), probabilities, k));
    }
    return all;
  }

  Object value(int r) {
    return values.apply(r);
  }

  /** The cell of a csv. */
  String text(int r) {
    return switch (kind) {
      case SCORE -> value(r).toString();
      case NUMBER -> CellText.of((Double) value(r));
      case TEXT -> CsvCell.quote((String) value(r));
    };
  }
}
