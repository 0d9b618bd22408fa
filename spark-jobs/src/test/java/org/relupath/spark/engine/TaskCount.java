package org.relupath.spark.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;

/** The number of tasks of the first stage that is submitted. */
final class TaskCount extends SparkListener {
  private final CompletableFuture<Integer> tasks = new CompletableFuture<>();

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    tasks.complete(event.stageInfo().numTasks());
  }

  /** Waits for it: listeners are told a little later. */
  int tasks() {
    return tasks.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
