package org.relupath.spark.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.program.BlockWeights;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.table.ParquetTable;

/**
 * coefficients.parquet: the non-zero blocks at every lambda of a path, in the coordinates of the
 * solver.
 *
 * @param path weights by lambda index
 */
public record CoefficientTable(List<BlockWeights> path) {

  /** Copies the list. */
  public CoefficientTable {
    path = List.copyOf(path);
  }

  /** Writes coefficients.parquet. */
  public void write(SparkSession spark, ResultFolder output) throws IOException {
    write(spark, output, "coefficients.parquet");
  }

  /** Writes the table under another name. */
  public void write(SparkSession spark, ResultFolder output, String name) throws IOException {
    StructType schema =
        new StructType()
            .add("lambdaIndex", DataTypes.IntegerType, false)
            .add("block", DataTypes.IntegerType, false)
            .add("gateId", DataTypes.IntegerType, false)
            .add("sign", DataTypes.IntegerType, false)
            .add("w", DataTypes.createArrayType(DataTypes.DoubleType, false), false);
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < path.size(); k++) {
      BlockWeights weights = path.get(k).compact();
      for (int i = 0; i < weights.size(); i++) {
        rows.add(
            RowFactory.create(
                k,
                weights.blocks().get(i).id(),
                weights.blocks().get(i).pattern(),
                weights.blocks().get(i).sign(),
                weights.weights(i)));
      }
    }
    ParquetTable.write(spark, output, name, schema, rows);
  }
}
