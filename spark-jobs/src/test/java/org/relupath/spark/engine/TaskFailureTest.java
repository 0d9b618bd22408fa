package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.io.ParquetEncodingException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class TaskFailureTest {
  private static final IOException FULL = new IOException("No space left on device\nmore");

  @Test
  void whatLibrariesSayAroundItIsLeftOut() {
    Throwable parquet = new ParquetEncodingException("unable to close", FULL);
    Throwable spark = new SparkException("job aborted", new SparkException("task failed", parquet));
    assertThat(TaskFailure.reason(spark)).isEqualTo("No space left on device");
    Throwable told = new UncheckedIOException("unit 7: No space left on device", FULL);
    assertThat(TaskFailure.reason(new SparkException("job aborted", told)))
        .isEqualTo("unit 7: No space left on device");
  }

  @Test
  void libraryFailuresWithoutCauseAreTold() {
    assertThat(TaskFailure.reason(new SparkException("lost\nmore"))).isEqualTo("lost");
    assertThat(TaskFailure.reason(new IllegalStateException())).contains("IllegalStateException");
  }

  @Test
  void theNumbersOfSparksErrorsAreLeftOut() {
    Throwable cancelled =
        new SparkException("[SPARK_JOB_CANCELLED] Job 0 cancelled by hand SQLSTATE: HY008\nmore");
    assertThat(TaskFailure.of(cancelled)).isEqualTo("Job 0 cancelled by hand");
    assertThat(TaskFailure.of(new SparkException("job aborted", FULL)))
        .isEqualTo("java.io.IOException: No space left on device");
  }
}
