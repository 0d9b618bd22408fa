package org.relupath.spark.ml;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.DatasetRows;
import org.relupath.spark.ml.param.KeyParams;

/** How a model does on rows, which the driver reads. */
final class Evaluation {
  private Evaluation() {}

  /** Measures the network of a model. */
  static Metrics of(ConvexReluModel model, Dataset<?> rows) {
    RunSettings settings = FitSettings.of(model).checked();
    String label = model.getLabelCol();
    Dataset<Row> frame = rows.toDF();
    return KeyParams.in(
        () -> {
          StoredNetwork network = model.stored();
          Observations read = read(network, frame, settings, settings.keepsSparse());
          return network instanceof Network one
              ? Metrics.of(ForwardPass.of(one, read.cells()), read, known(one, read, label))
              : joint((MultiOutputNetwork) network, read, label);
        });
  }

  /**
   * Rows of vectors that a network takes, with their labels.
   *
   * @param sparse whether zeros are not kept where vectors are mostly zeros
   */
  static Observations read(
      StoredNetwork network, Dataset<Row> frame, RunSettings settings, boolean sparse) {
    Columns columns = DatasetRows.columns("rows", frame, settings.data().columns());
    Observations read = DatasetRows.read("rows", frame, columns, sparse).rows();
    if (read.inputs().size() != network.inputs().size()) {
      throw new BadInputException(
          "featuresCol: vectors in column '%s' have %s entries, expected %s"
              .formatted(
                  String.join(",", settings.data().features()),
                  read.inputs().size(),
                  network.inputs().size()));
    }
    return read;
  }

  /**
   * Which output is the class of a label; -0.0 is 0.
   *
   * @throws BadInputException if none is
   */
  static int classOf(MultiOutputNetwork network, double target, String label) {
    int own = network.classes().indexOf(target + 0.0);
    if (own < 0) {
      throw unseen(label, target, "one of " + network.classes());
    }
    return own;
  }

  /**
   * The two labels of a network, or none.
   *
   * @throws BadInputException if rows have others than the two
   */
  static double[] known(Network network, Observations rows, String label) {
    double[] two = network.labels();
    for (double target : rows.targets()) {
      if (two.length == 2 && target != two[0] && target != two[1]) {
        throw unseen(label, target, two[0] + " or " + two[1]);
      }
    }
    return two;
  }

  private static BadInputException unseen(String label, double target, String expected) {
    return new BadInputException(
        "labelCol: column '%s' has a %s, expected %s".formatted(label, target, expected));
  }

  private static Metrics joint(MultiOutputNetwork network, Observations rows, String label) {
    Matrix scores = network.scores(rows.cells());
    int[] predicted = MultiOutputNetwork.largest(scores);
    double squares = 0;
    double right = 0;
    for (int r = 0; r < rows.rows(); r++) {
      int own = classOf(network, rows.targets()[r], label);
      for (int k = 0; k < network.size(); k++) {
        double error = scores.get(r, k) - (k == own ? 1 : -1);
        squares += rows.weight(r) * error * error / network.size();
      }
      right += predicted[r] == own ? rows.weight(r) : 0;
    }
    return new Metrics(squares / rows.totalWeight(), right / rows.totalWeight());
  }
}
