package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.relupath.spark.SharedSpark;

/** Parts that go on at once: their results in order, and of several failures the first. */
@ExtendWith(SharedSpark.class)
@Timeout(60)
class SideBySideTest {
  private JavaSparkContext spark;

  @BeforeEach
  void open(SparkSession session) {
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @Test
  void resultsAreInTheOrderOfTheParts() {
    CountDownLatch second = new CountDownLatch(1);
    List<Callable<String>> parts =
        List.of(
            () -> second.await(30, TimeUnit.SECONDS) ? "first" : "alone",
            () -> {
              second.countDown();
              return "second";
            });
    assertThat(SideBySide.all(parts, SideBySide.cores(spark))).containsExactly("first", "second");
    List<Callable<Integer>> many = new ArrayList<>();
    IntStream.range(0, 200).forEach(k -> many.add(() -> k));
    assertThat(SideBySide.all(many, SideBySide.cores(spark)))
        .isEqualTo(IntStream.range(0, 200).boxed().toList());
  }

  @Test
  void noMoreAtOnceThanAskedFor() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Integer>> parts = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      parts.add(
          () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            return now.getAndDecrement();
          });
    }
    assertThat(SideBySide.all(parts, 2)).hasSize(8);
    assertThat(most.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void whatExecutorsDoIsOfItsPart() {
    List<Callable<Integer>> parts = new ArrayList<>();
    for (int k = 0; k < 6; k++) {
      int own = k;
      parts.add(
          () -> spark.parallelize(List.of(1, 2, 3), 2).map(i -> i * own).reduce(Integer::sum));
    }
    assertThat(SideBySide.all(parts, SideBySide.cores(spark)))
        .containsExactly(0, 6, 12, 18, 24, 30);
  }

  /** One that works on does not keep a failure back until it ends. */
  @Test
  void theFirstToFailIsThrown() {
    List<Callable<String>> parts =
        List.of(
            () -> new CountDownLatch(1).await(50, TimeUnit.SECONDS) + "",
            () -> {
              throw new IllegalArgumentException("second");
            },
            () -> "third");
    long started = System.nanoTime();
    assertThatThrownBy(() -> SideBySide.all(parts, SideBySide.cores(spark)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("second");
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(40);
  }

  @Test
  void otherPartsAreInterrupted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    List<Callable<String>> parts =
        List.of(
            () -> {
              begun.await();
              throw new IllegalStateException("first");
            },
            () -> {
              begun.countDown();
              try {
                return new CountDownLatch(1).await(50, TimeUnit.SECONDS) + "";
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
            });
    assertThatThrownBy(() -> SideBySide.all(parts, SideBySide.cores(spark))).hasMessage("first");
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void errorsAreThrownAsTheyAreAndOthersAreWrapped() {
    assertThatThrownBy(
            () ->
                SideBySide.all(
                    List.<Callable<String>>of(
                        () -> {
                          throw new OutOfMemoryError("too many");
                        }),
                    2))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("too many");
    assertThatThrownBy(
            () ->
                SideBySide.all(
                    List.<Callable<String>>of(
                        () -> {
                          throw new IOException("no disk");
                        }),
                    2))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no disk");
  }
}
