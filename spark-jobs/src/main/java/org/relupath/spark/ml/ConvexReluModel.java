package org.relupath.spark.ml;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.relupath.core.network.Network;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.ml.param.ConvexReluParams;

/** What both models have beside their predictions. */
public interface ConvexReluModel extends ConvexReluParams {
  /** The networks and the summary. */
  FittedPath path();

  /**
   * The network of one output, on raw features.
   *
   * @throws IllegalStateException of more than two classes, which have one network each: {@link
   *     #stored}
   */
  default Network network() {
    return path().network();
  }

  /** The network on raw features, of one output or of one for each of more than two classes. */
  default StoredNetwork stored() {
    return path().stored();
  }

  /** The lambdas that the fit went down, largest first, its own last; see {@link #networks}. */
  default double[] pathLambdas() {
    return path().lambdas();
  }

  /** The networks at {@link #pathLambdas}, each optimal for its own. */
  default List<StoredNetwork> networks() {
    return path().networks();
  }

  /** The fit and its proof, of each output. */
  default ConvexReluSummary summary() {
    return path().summary();
  }

  /** The summary as text, with the names of summary.json. */
  default String summaryJson() {
    return path().summary().json();
  }

  /** The network as network.json has it (spark-jobs/docs/files.md#networkjson). */
  default String networkJson() {
    return path().networkJson();
  }

  /** Network k of {@link #networks} as network.json has it. */
  default String networkJson(int k) {
    return path().networkJson(k);
  }

  /**
   * How the network does on rows, which the driver reads, each counted by its weight where there is
   * a column of weights.
   *
   * @param rows with the columns of features and label
   */
  default Metrics evaluate(Dataset<?> rows) {
    return Evaluation.of(this, rows);
  }

  /**
   * All optimal networks at the lambda of the model, whose solution is solved on to a gap near
   * 1e-12.
   *
   * @throws IllegalStateException of a model that was loaded: see {@link #optimalSet(Dataset)}
   */
  default OptimalSets optimalSet() {
    return Analyses.optimalSet(fresh());
  }

  /**
   * All optimal networks at the lambda of a model that was loaded; it is fitted once more.
   *
   * @param rows that it was fitted to
   * @throws IllegalArgumentException if they give another network
   */
  default OptimalSets optimalSet(Dataset<?> rows) {
    return Analyses.optimalSet(Analyses.again(this, rows));
  }

  /** {@link #optimalSet()} as text, with the names of optimal-set.json. */
  default String optimalSetJson() {
    return optimalSet().json();
  }

  /** {@link #optimalSet(Dataset)} as text, with the names of optimal-set.json. */
  default String optimalSetJson(Dataset<?> rows) {
    return optimalSet(rows).json();
  }

  /**
   * The network pruned: exactly, to a minimal one, and from there approximately.
   *
   * @throws IllegalStateException of a model that was loaded: see {@link #prune(Dataset)}
   */
  default Prunings prune() {
    return Analyses.prune(fresh());
  }

  /**
   * The network of a model that was loaded, pruned; it is fitted once more.
   *
   * @param rows that it was fitted to
   * @throws IllegalArgumentException if they give another network
   */
  default Prunings prune(Dataset<?> rows) {
    return Analyses.prune(Analyses.again(this, rows));
  }

  /** {@link #prune()} as text. */
  default String pruneJson() {
    return prune().json();
  }

  /** {@link #prune(Dataset)} as text. */
  default String pruneJson(Dataset<?> rows) {
    return prune(rows).json();
  }

  private FittedPath fresh() {
    if (!path().isFresh()) {
      throw new IllegalStateException(
          "a model that was loaded has no program, expected the rows that it was fitted to");
    }
    return path();
  }
}
