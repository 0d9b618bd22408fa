package org.relupath.spark.train;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Network;
import org.relupath.spark.analysis.PathAnalysis;

/** The example of {@link Training}. */
final class TrainingExample {
  private TrainingExample() {}

  static void run(Dataset<Row> rows) {
    TrainSettings settings =
        TrainSettings.defaults().with("label", "y").with("gates", 100).with("lambdas", 5);
    try (Training training = Training.path(rows, settings)) {
      TrainedPath path = training.solve();
      for (TrainedNetwork one : path.networks()) {
        NetworkCertificate proof = one.certificate();
        System.out.printf(
            "lambda %.4g: objective %.6g, none below %.6g, %d neurons%n",
            proof.lambda(), proof.objective(), proof.dualObjective(), one.network().width());
      }
      Network best = path.best().network();
      double[] scores = best.predict(Matrix.ofRows(new double[][] {{0.5, -1.0}}));
      System.out.println(best.inputs() + " = [0.5, -1.0] has the score " + scores[0]);
      PathAnalysis analysis = PathAnalysis.of(training, path);
      System.out.println(
          "is it the only one? " + analysis.lambdas().get(0).figures().unique().label());
    }
  }
}
