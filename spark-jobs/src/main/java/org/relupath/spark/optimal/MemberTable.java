package org.relupath.spark.optimal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.table.ParquetTable;

/**
 * vertices.parquet and samples.parquet: minimal networks, and networks drawn from all optimal ones,
 * a row a neuron that is not zero; neurons.parquet: their directions.
 *
 * @param found what to write
 */
record MemberTable(OptimalSetResult found) {

  void write(SparkSession spark, ResultFolder output, String prefix) throws IOException {
    ParquetTable.write(spark, output, prefix + "neurons.parquet", NEURONS, neurons());
    ParquetTable.write(
        spark, output, prefix + "vertices.parquet", MEMBERS, members(found.vertices()));
    ParquetTable.write(
        spark, output, prefix + "samples.parquet", MEMBERS, members(found.samples()));
  }

  private static final StructType NEURONS =
      new StructType()
          .add("neuron", DataTypes.IntegerType, false)
          .add("blocks", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("sign", DataTypes.IntegerType, false)
          .add("direction", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private static final StructType MEMBERS =
      new StructType()
          .add("member", DataTypes.IntegerType, false)
          .add("neuron", DataTypes.IntegerType, false)
          .add("norm", DataTypes.DoubleType, false);

  private List<Row> neurons() {
    List<Row> rows = new ArrayList<>();
    for (NeuronRange neuron : found.extremes()) {
      rows.add(RowFactory.create(rows.size(), neuron.blocks(), neuron.sign(), neuron.ray()));
    }
    return rows;
  }

  private static List<Row> members(List<double[]> members) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      double[] beta = members.get(i);
      for (int j = 0; j < beta.length; j++) {
        if (beta[j] > 0) {
          rows.add(RowFactory.create(i, j, beta[j]));
        }
      }
    }
    return rows;
  }
}
