package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.program.rows.TreeSum;
import org.relupath.spark.SharedSpark;

/** Sums up a tree over blocks, of texts, which tell what was added to what. */
@ExtendWith(SharedSpark.class)
class BlockSumTest {

  private static String plus(String a, String b) {
    return "(" + a + b + ")";
  }

  private static JavaRDD<TreeSum<String>> sums(JavaRDD<Integer> blocks, int count) {
    return blocks.mapPartitions(
        own -> BlockSum.of(own, b -> b, count, 1, b -> "<" + b + ">", BlockSumTest::plus));
  }

  /** The driver's share does not grow with the number of blocks, nor with that of partitions. */
  @ParameterizedTest(name = "{0} blocks, {1} partitions")
  @CsvSource({"1,1", "1,3", "5,2", "16,16", "17,5", "123,16", "1000,37", "1000,1"})
  void fewSumsComeToTheDriver(int count, int partitions, SparkSession session) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<Integer> blocks = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    String expected =
        TreeSum.of(blocks.stream().map(b -> "<" + b + ">").toList(), BlockSumTest::plus);
    for (boolean shuffled : new boolean[] {false, true}) {
      if (shuffled) {
        Collections.shuffle(blocks, new Random(count));
      }
      JavaRDD<Integer> there = spark.parallelize(blocks, partitions);
      List<TreeSum<String>> gathered =
          BlockSum.gathered(sums(there, count), count, BlockSumTest::plus);
      assertThat(gathered.stream().mapToInt(TreeSum::size).sum())
          .isLessThanOrEqualTo(BlockSum.GATHERED);
      assertThat(BlockSum.total(sums(there, count), count, BlockSumTest::plus)).isEqualTo(expected);
      assertThat(BlockSum.over(there, b -> b, count, 1, b -> "<" + b + ">", BlockSumTest::plus))
          .isEqualTo(expected);
    }
  }
}
