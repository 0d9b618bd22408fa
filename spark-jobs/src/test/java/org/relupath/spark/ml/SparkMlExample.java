package org.relupath.spark.ml;

import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The example of spark-jobs/docs/spark-ml.md. */
final class SparkMlExample {
  private SparkMlExample() {}

  static void run(Dataset<Row> rows) {
    ConvexReluRegressor network = new ConvexReluRegressor().setLabelCol("y").setGates(100);
    PipelineStage[] stages = {
      new VectorAssembler().setInputCols(new String[] {"x0", "x1"}).setOutputCol("features"),
      network
    };
    ParamMap[] lambdas =
        new ParamGridBuilder()
            .addGrid(network.lambdaRatio(), new double[] {0.3, 0.1, 0.03})
            .build();
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(new Pipeline().setStages(stages))
            .setEvaluator(new RegressionEvaluator().setLabelCol("y"))
            .setEstimatorParamMaps(lambdas)
            .setNumFolds(3)
            .fit(rows);
    PipelineModel best = (PipelineModel) chosen.bestModel();
    ConvexReluRegressionModel model = (ConvexReluRegressionModel) best.stages()[1];
    ConvexReluSummary proof = model.summary();
    System.out.printf(
        "lambda %.4g: objective %.6g, none below %.6g%n",
        proof.lambda(), proof.objective(), proof.dualObjective());
    best.transform(rows).select("y", "prediction").show(3);
    System.out.println(model.networkJson());
    System.out.println(model.optimalSet().json());
  }
}
