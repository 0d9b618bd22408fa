package org.relupath.spark.earlier;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.io.table.StoredTable;

/** The nonzero blocks of the solutions that a fit or path left. */
record StoredBlocks(List<Stored> all) {
  /** No blocks. */
  static final StoredBlocks NONE = new StoredBlocks(List.of());

  private static final StructType WEIGHTS =
      new StructType()
          .add("gateId", DataTypes.IntegerType)
          .add("sign", DataTypes.IntegerType)
          .add("w", DataTypes.createArrayType(DataTypes.DoubleType));

  /**
   * A block with its weights.
   *
   * @param index position in the path, 0 of a fit
   * @param pattern the position of its pattern, and gate
   */
  record Stored(int index, int pattern, int sign, double[] weights) {}

  /** Those of a fit, from blocks.parquet. */
  static StoredBlocks ofFit(SparkSession spark, RunFiles files, int patterns, int d) {
    return read(spark, files, "blocks.parquet", WEIGHTS, 0, patterns, d);
  }

  /**
   * Those of a path.
   *
   * @param lambdas their number
   */
  static StoredBlocks ofPath(SparkSession spark, RunFiles files, int lambdas, int patterns, int d) {
    StructType columns = WEIGHTS.add("lambdaIndex", DataTypes.IntegerType);
    return read(spark, files, "coefficients.parquet", columns, lambdas - 1, patterns, d);
  }

  private static StoredBlocks read(
      SparkSession spark,
      RunFiles files,
      String name,
      StructType columns,
      int last,
      int patterns,
      int d) {
    boolean path = columns.length() > WEIGHTS.length();
    List<Stored> all =
        StoredTable.open(spark, files, name, columns)
            .each(
                null,
                row ->
                    new Stored(
                        path ? row.whole("lambdaIndex", 0, last) : 0,
                        row.whole("gateId", 0, patterns - 1),
                        row.sign(),
                        row.vector("w", d)));
    return new StoredBlocks(
        all.stream()
            .filter(one -> Arrays.stream(one.weights()).anyMatch(value -> value != 0))
            .toList());
  }

  /** Those of one lambda. */
  List<Stored> at(int index) {
    return all.stream().filter(one -> one.index() == index).toList();
  }

  /** Those of one lambda as blocks of the program that they solve. */
  BlockWeights at(int index, ConvexProgram convex) {
    int patterns = convex.patterns().count();
    List<Stored> own = at(index);
    return new BlockWeights(
            own.stream()
                .map(one -> convex.block(one.sign > 0 ? one.pattern : patterns + one.pattern))
                .toList(),
            convex.problem().d(),
            Matrix.ofRows(own.stream().map(Stored::weights).toArray(double[][]::new)).values())
        .compact();
  }
}
