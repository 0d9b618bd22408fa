package org.relupath.spark.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.table.ParquetTable;

/**
 * sensitivity.parquet: dw/dlambda of the active blocks, in the coordinates of the solver, at every
 * lambda where there is one; for a single lambda dw/dy too, d rows of n numbers.
 *
 * @param rows of the table
 */
public record SensitivityTable(List<Row> rows) {
  private static final StructType SCHEMA =
      new StructType()
          .add("lambdaIndex", DataTypes.IntegerType, false)
          .add("block", DataTypes.IntegerType, false)
          .add("gateId", DataTypes.IntegerType, false)
          .add("sign", DataTypes.IntegerType, false)
          .add("dwdlambda", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add(
              "dwdy",
              DataTypes.createArrayType(
                  DataTypes.createArrayType(DataTypes.DoubleType, false), false),
              true);

  /** The table of some lambdas. */
  public static SensitivityTable of(List<LambdaAnalysis> lambdas) {
    List<Row> rows = new ArrayList<>();
    for (LambdaAnalysis analysis : lambdas) {
      rows.addAll(of(analysis.polished().lambdaIndex(), analysis.sensitivity()).rows());
    }
    return new SensitivityTable(rows);
  }

  /** The table of one lambda. */
  public static SensitivityTable of(int index, SensitivitySummary sensitivity) {
    List<Row> rows = new ArrayList<>();
    BlockWeights along = sensitivity.alongLambda();
    for (int i = 0; along != null && i < along.size(); i++) {
      double[] w = along.weights(i);
      rows.add(
          RowFactory.create(
              index,
              along.blocks().get(i).id(),
              along.blocks().get(i).pattern(),
              along.blocks().get(i).sign(),
              w,
              targets(sensitivity.alongTargets(), i, w.length)));
    }
    return new SensitivityTable(rows);
  }

  /** The d rows of dw/dy that are a block's; null where it was not computed. */
  private static double[][] targets(Matrix jacobian, int block, int d) {
    if (jacobian == null) {
      return null;
    }
    double[][] rows = new double[d][];
    for (int k = 0; k < d; k++) {
      rows[k] = jacobian.row(block * d + k);
    }
    return rows;
  }

  /** Writes sensitivity.parquet. */
  public void write(SparkSession spark, ResultFolder output) throws IOException {
    ParquetTable.write(spark, output, "sensitivity.parquet", SCHEMA, rows);
  }
}
