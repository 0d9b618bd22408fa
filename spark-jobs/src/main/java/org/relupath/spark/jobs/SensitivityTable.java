package org.relupath.spark.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;
import org.relupath.spark.io.OutputDirectory;
import org.relupath.spark.io.ParquetTable;

/**
 * sensitivity.parquet: dw/dlambda of the active blocks, in the coordinates of the solver, at every
 * lambda where there is one.
 *
 * @param rows of the table
 */
record SensitivityTable(List<Row> rows) {
  private static final StructType SCHEMA =
      new StructType()
          .add("lambdaIndex", DataTypes.IntegerType, false)
          .add("block", DataTypes.IntegerType, false)
          .add("gateId", DataTypes.IntegerType, false)
          .add("sign", DataTypes.IntegerType, false)
          .add("dwdlambda", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  /**
   * The table of some lambdas.
   *
   * @param unit n where the loss is a mean: dw/dlambda is then n times that of a sum
   */
  static SensitivityTable of(List<LambdaAnalysis> lambdas, double unit) {
    List<Row> rows = new ArrayList<>();
    for (LambdaAnalysis analysis : lambdas) {
      BlockWeights along = analysis.sensitivity().alongLambda();
      for (int i = 0; along != null && i < along.size(); i++) {
        double[] w = along.weights(i);
        Vectors.scale(unit, w, 0, w.length);
        rows.add(
            RowFactory.create(
                analysis.index(),
                along.blocks().get(i).id(),
                along.blocks().get(i).pattern(),
                along.blocks().get(i).sign(),
                w));
      }
    }
    return new SensitivityTable(rows);
  }

  void write(SparkSession spark, OutputDirectory output) {
    ParquetTable.write(spark, output, "sensitivity.parquet", SCHEMA, rows);
  }
}
