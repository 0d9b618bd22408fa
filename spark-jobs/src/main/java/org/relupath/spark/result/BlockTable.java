package org.relupath.spark.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.io.table.ParquetTable;
import org.relupath.spark.train.program.PricedBlocks;

/**
 * blocks.parquet: the blocks of all distinct patterns, which later commands start from. Rows are
 * made where they are written, so that there may be many.
 *
 * @param blocks of one solution
 */
public record BlockTable(PricedBlocks blocks) {
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

  private static Row row(PricedBlocks blocks, int block) {
    Matrix gates = blocks.gates();
    double[] norms = blocks.norms();
    int pattern = block % gates.rows();
    double[] weights = blocks.active().getOrDefault(block, new double[gates.columns()]);
    Double norm = norms == null ? null : (Double) norms[block];
    return RowFactory.create(
        pattern,
        gates.row(pattern),
        block < gates.rows() ? 1 : -1,
        weights,
        norm,
        norm != null && norm > blocks.exactFrom());
  }

  /** Writes the file, under a folder of the output where {@code prefix} is not empty. */
  public void write(SparkSession session, ResultFolder output, String prefix) throws IOException {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<Integer> starts = new ArrayList<>();
    for (int from = 0; from < blocks.count(); from += CHUNK) {
      starts.add(from);
    }
    Broadcast<PricedBlocks> sent = spark.broadcast(blocks);
    try {
      JavaRDD<Row> rows =
          spark
              .parallelize(starts, Math.max(1, starts.size()))
              .flatMap(
                  from -> {
                    PricedBlocks own = sent.value();
                    return IntStream.range(from, Math.min(own.count(), from + CHUNK))
                        .mapToObj(block -> row(own, block))
                        .iterator();
                  });
      ParquetTable.write(session, output, prefix + "blocks.parquet", SCHEMA, rows);
    } finally {
      sent.destroy();
    }
  }
}
