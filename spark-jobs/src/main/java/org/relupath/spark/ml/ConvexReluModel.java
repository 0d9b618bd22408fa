package org.relupath.spark.ml;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.relupath.core.network.Network;
import org.relupath.core.network.StoredNetwork;

/** What both models have beside their predictions. */
public interface ConvexReluModel extends ConvexReluParams {
  /** What {@code transform} gives instead of predictions; unset but by clients of Spark Connect. */
  default Param<String> describe() {
    return ModelTexts.param(this);
  }

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
}
