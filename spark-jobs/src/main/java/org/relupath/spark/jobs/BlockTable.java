package org.relupath.spark.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Certifier;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Pricer;
import org.relupath.spark.io.OutputDirectory;
import org.relupath.spark.io.ParquetTable;

/**
 * blocks.parquet: what later commands start from, in the coordinates of the solver.
 *
 * @param rows the blocks of all distinct patterns, by id
 */
public record BlockTable(List<BlockRow> rows) {

  /**
   * One block.
   *
   * @param gateId position of its pattern among the distinct ones
   * @param gate a gate vector g of the pattern, d entries
   * @param sign s_b
   * @param weights w_b, d entries
   * @param normUpper ||v_b||, or a number that it does not exceed; null where not computed
   * @param normExact whether it is ||v_b|| itself
   */
  public record BlockRow(
      int gateId, double[] gate, int sign, double[] weights, Double normUpper, boolean normExact) {}

  /** Copies the rows. */
  public BlockTable {
    rows = List.copyOf(rows);
  }

  /** Beyond this many patterns a pass on the driver alone is not worth its time. */
  private static final int MOST_PRICED = 20_000;

  /** All blocks of a program, priced at the residual of a solution. */
  static BlockTable of(Training training, BlockWeights weights, double lambda) {
    ConvexProgram program = training.program();
    boolean priced = program.patterns().count() <= MOST_PRICED;
    double[] norms = priced ? norms(program, weights, lambda) : new double[0];
    Map<Integer, double[]> active = new HashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      active.put(weights.blocks().get(i).id(), weights.weights(i));
    }
    double[] zero = new double[program.problem().d()];
    List<BlockRow> rows = new ArrayList<>();
    for (int b = 0; b < program.blockCount(); b++) {
      int pattern = program.patternOf(b);
      rows.add(
          new BlockRow(
              pattern,
              training.gates().row(program.patterns().gateId(pattern)),
              program.signOf(b),
              active.getOrDefault(b, zero),
              priced ? norms[b] / training.unit() : null,
              priced && (program.problem().model() == Model.GATED || norms[b] > lambda)));
    }
    return new BlockTable(rows);
  }

  private static double[] norms(ConvexProgram program, BlockWeights weights, double lambda) {
    double[] u = new Certifier(program.problem()).residual(weights);
    Pricer pricer = new Pricer(program);
    pricer.price(u, lambda, Integer.MAX_VALUE);
    return pricer.bounds();
  }

  /** Writes the file, under a folder of the output where {@code prefix} is not empty. */
  public void write(SparkSession spark, OutputDirectory output, String prefix) {
    StructType schema =
        new StructType()
            .add("gateId", DataTypes.IntegerType, false)
            .add("gate", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
            .add("sign", DataTypes.IntegerType, false)
            .add("w", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
            .add("vNormUpper", DataTypes.DoubleType, true)
            .add("vNormExact", DataTypes.BooleanType, false);
    List<Row> records =
        rows.stream()
            .map(
                row ->
                    RowFactory.create(
                        row.gateId(),
                        row.gate(),
                        row.sign(),
                        row.weights(),
                        row.normUpper(),
                        row.normExact()))
            .toList();
    ParquetTable.write(spark, output, prefix + "blocks.parquet", schema, records);
  }
}
