package org.relupath.spark.study.unit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.relupath.spark.engine.Batches;
import org.relupath.spark.engine.ExecutorTasks;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.Checkpoints;
import org.relupath.spark.run.Progress;

/**
 * Does the units of a study that are not done yet, on the executors; each is stored where it was
 * done as soon as it ends.
 */
public final class UnitRunner implements AutoCloseable {
  private final JavaSparkContext spark;
  private final StudyGrid grid;
  private final Checkpoints checkpoints;
  private final Runnable watch;
  private final Progress progress;
  private final Map<String, Broadcast<StudyData>> data = new HashMap<>();

  /**
   * Sends the data out.
   *
   * @param data sets by name
   * @param watch called now and then while units are done; what it throws ends the work
   */
  public UnitRunner(
      JavaSparkContext spark,
      Map<String, StudyData> data,
      StudyGrid grid,
      Checkpoints checkpoints,
      Runnable watch,
      Progress progress) {
    this.spark = spark;
    this.grid = grid;
    this.checkpoints = checkpoints;
    this.watch = watch;
    this.progress = progress;
    data.forEach((name, rows) -> this.data.put(name, spark.broadcast(rows)));
  }

  /**
   * Sees to it that units are done.
   *
   * @param what they are, for people
   * @param type of what comes of them
   * @return what came of each, in their order
   */
  public <U extends StudyUnit, R> List<R> run(String what, List<U> units, Class<R> type)
      throws IOException {
    Set<String> kept = new HashSet<>();
    checkpoints.read((id, text) -> kept.add(id));
    List<U> missing = units.stream().filter(unit -> !kept.contains(unit.id())).toList();
    if (missing.size() < units.size()) {
      progress.note((units.size() - missing.size()) + " of " + units.size() + " " + what + " kept");
    }
    if (!missing.isEmpty()) {
      solve(missing.size() + " " + what, missing);
    }
    Map<String, R> results = results(units, type);
    for (U unit : units) {
      if (!results.containsKey(unit.id())) {
        throw new IOException(
            ("unit %s was stored by an executor and is not there: --output must be on a file "
                    + "system that the driver shares with the executors")
                .formatted(unit.id()));
      }
    }
    return units.stream().map(unit -> results.get(unit.id())).toList();
  }

  private <U extends StudyUnit, R> Map<String, R> results(List<U> units, Class<R> type)
      throws IOException {
    Set<String> wanted = units.stream().map(StudyUnit::id).collect(Collectors.toSet());
    ObjectReader reader = Json.reader(type);
    Map<String, R> results = new HashMap<>();
    checkpoints.read(
        (id, text) -> {
          if (wanted.contains(id)) {
            results.put(id, parsed(reader, text));
          }
        });
    return results;
  }

  private static <R> R parsed(ObjectReader reader, String text) {
    try {
      return reader.readValue(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a stored unit cannot be read", e);
    }
  }

  private <U extends StudyUnit> void solve(String what, List<U> units) {
    ToDoubleFunction<U> seconds = unit -> unit.seconds(grid, data.get(unit.dataSet()).value());
    List<ArrayList<U>> tasks = Batches.of(units, seconds);
    double all = units.stream().mapToDouble(seconds).sum();
    progress.startShare();
    // Fields that are used on executors, without this object.
    Map<String, Broadcast<StudyData>> sent = data;
    StudyGrid of = grid;
    Checkpoints store = checkpoints;
    new ExecutorTasks(spark)
        .map(
            "study: " + what + " in " + tasks.size() + " tasks",
            tasks,
            (batch, done) -> {
              for (U unit : batch) {
                StudyData own = sent.get(unit.dataSet()).value();
                store(store, unit.id(), unit.solve(own, of));
                done.add(Math.round(1e6 * unit.seconds(of, own)));
              }
              return batch.size();
            },
            done -> {
              watch.run();
              progress.share(what, Math.min(1, done / (1e6 * all)));
            });
  }

  private static void store(Checkpoints store, String id, String result) {
    try {
      store.write(id, result);
    } catch (IOException e) {
      throw new UncheckedIOException("unit " + id + " could not be stored: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    data.values().forEach(Broadcast::destroy);
  }
}
