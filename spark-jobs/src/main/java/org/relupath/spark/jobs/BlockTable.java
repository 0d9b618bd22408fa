package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.spark.io.OutputDirectory;
import org.relupath.spark.io.ParquetTable;

/**
 * blocks.parquet: the blocks of all distinct patterns, which later commands start from, in the
 * coordinates of the solver. Rows are made where they are written, so that there may be many.
 *
 * @param gates a gate vector of each distinct pattern, P x d
 * @param signs how many blocks a pattern has: block b is of pattern b mod P
 * @param active the weights of the blocks that have any, by block
 * @param norms ||v_b|| of every block, or numbers that it does not exceed, in the units of the loss
 *     scaling; null where not computed
 * @param exactFrom norms above this are ||v_b|| itself
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a solution, never compared as a whole
record BlockTable(
    Matrix gates, int signs, Map<Integer, double[]> active, double[] norms, double exactFrom)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** Beyond this many patterns a pass on the driver alone is not worth its time. */
  private static final int MOST_PRICED = 20_000;

  /** Rows that are made at a time. */
  private static final int CHUNK = 10_000;

  private static final StructType SCHEMA =
      new StructType()
          .add("gateId", DataTypes.IntegerType, false)
          .add("gate", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("sign", DataTypes.IntegerType, false)
          .add("w", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("vNormUpper", DataTypes.DoubleType, true)
          .add("vNormExact", DataTypes.BooleanType, false);

  /** All blocks of a program, priced at the residual of a solution. */
  static BlockTable of(Training training, BlockWeights weights, double lambda) {
    ConvexProgram program = training.program();
    double unit = training.lossScale();
    boolean priced = program.patterns().count() <= MOST_PRICED;
    double[] norms = priced ? norms(program.kept(), weights, lambda, unit) : null;
    int signs = program.problem().model().signs();
    // Without cones ||v_b|| costs no more than its bound.
    double exactFrom = signs == 1 ? -1 : lambda / unit;
    return new BlockTable(training.patternGates(), signs, active(weights), norms, exactFrom);
  }

  /** The weights of the blocks that have any, by block. */
  static Map<Integer, double[]> active(BlockWeights weights) {
    Map<Integer, double[]> active = new HashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      active.put(weights.blocks().get(i).id(), weights.weights(i));
    }
    return active;
  }

  private static double[] norms(
      ConvexProgram program, BlockWeights weights, double lambda, double unit) {
    double[] u = new Certifier(program.problem()).residual(weights);
    Pricer pricer = new Pricer(program);
    pricer.price(u, lambda, Integer.MAX_VALUE);
    double[] norms = pricer.bounds();
    for (int b = 0; b < norms.length; b++) {
      norms[b] /= unit;
    }
    return norms;
  }

  private int count() {
    return signs * gates.rows();
  }

  private Row row(int block) {
    int pattern = block % gates.rows();
    double[] weights = active.getOrDefault(block, new double[gates.columns()]);
    Double norm = norms == null ? null : (Double) norms[block];
    return RowFactory.create(
        pattern,
        gates.row(pattern),
        block < gates.rows() ? 1 : -1,
        weights,
        norm,
        norm != null && norm > exactFrom);
  }

  /** Writes the file, under a folder of the output where {@code prefix} is not empty. */
  void write(SparkSession session, OutputDirectory output, String prefix) throws IOException {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<Integer> starts = new ArrayList<>();
    for (int from = 0; from < count(); from += CHUNK) {
      starts.add(from);
    }
    Broadcast<BlockTable> sent = spark.broadcast(this);
    try {
      JavaRDD<Row> rows =
          spark
              .parallelize(starts, Math.max(1, starts.size()))
              .flatMap(
                  from -> {
                    BlockTable table = sent.value();
                    return IntStream.range(from, Math.min(table.count(), from + CHUNK))
                        .mapToObj(table::row)
                        .iterator();
                  });
      ParquetTable.write(session, output, prefix + "blocks.parquet", SCHEMA, rows);
    } finally {
      sent.destroy();
    }
  }
}
