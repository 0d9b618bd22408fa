package org.relupath.spark.ml.param;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;

/**
 * Params of the estimators and their models. Those that are keys of {@code conf/reference.conf}
 * have its texts and defaults, and take what it says: {@code explainParams} shows them. They are
 * made whenever they are asked for: a Param is its stage and its name.
 */
public interface ConvexReluParams extends HasWeightCol {
  /** The column of vectors. */
  String getFeaturesCol();

  /** The column of labels. */
  String getLabelCol();

  /**
   * Regularization, absolute, with a loss divided by the weight of all rows, as in Spark: {@code
   * lambda} with {@code loss-scaling = mean}. At most one of it and {@link #lambdaRatio}.
   */
  default DoubleParam regParam() {
    return KeyParams.number(this, "lambda");
  }

  /**
   * Regularization as a share of the smallest lambda whose network is zero; 0.1 where neither it
   * nor {@link #regParam} is set.
   */
  default DoubleParam lambdaRatio() {
    return KeyParams.number(this, "lambda-ratio");
  }

  /** The last rung of the ladder that a fit goes down, as a share of the first. */
  default DoubleParam lambdaMinRatio() {
    return KeyParams.number(this, "lambda-min-ratio");
  }

  /** Relative gap that patterns found by a search may leave. */
  default DoubleParam searchTolerance() {
    return KeyParams.number(this, "search-tolerance");
  }

  /** Relative duality gap to reach. */
  default DoubleParam tol() {
    return KeyParams.number(this, "tolerance");
  }

  /** Seconds for one lambda; none by default. With one, what a fit gives depends on the machine. */
  default DoubleParam timeLimit() {
    return KeyParams.number(this, "time-limit");
  }

  /** Rungs of the ladder of lambdas, from the largest one down, that a fit goes. */
  default IntParam lambdas() {
    return KeyParams.count(this, "lambdas");
  }

  /** Gate vectors to draw; of adaptive gates patterns of one program at most. */
  default IntParam gates() {
    return KeyParams.count(this, "gates");
  }

  /** Where a search for adaptive patterns climbs from beside the active neurons. */
  default IntParam searchStarts() {
    return KeyParams.count(this, "search-starts");
  }

  /** Patterns that may be enumerated at most. */
  default IntParam enumerationLimit() {
    return KeyParams.count(this, "enumeration-limit");
  }

  /** Iterations for one lambda at most; with engine rows passes over all rows. */
  default IntParam maxIter() {
    return KeyParams.count(this, "max-iterations");
  }

  /** Pieces that engine lambdas cuts the ladder into. */
  default IntParam segments() {
    return KeyParams.count(this, "segments");
  }

  /** From which every random choice is derived. */
  default LongParam seed() {
    return KeyParams.whole(this, "seed");
  }

  /** Whether X has a column of ones, penalised like any other. */
  default BooleanParam fitIntercept() {
    return KeyParams.flag(this, "intercept");
  }

  /** {@code relu} or {@code gated}. */
  default Param<String> model() {
    return KeyParams.choice(this, "model");
  }

  /**
   * {@code gaussian}, {@code sparse}, {@code adaptive}, {@code exhaustive} or {@code file:PATH}.
   */
  default Param<String> gateSource() {
    return KeyParams.choice(this, "gate-source");
  }

  /** {@code true}, {@code false}, or {@code scale}, which keeps zeros zeros. */
  default Param<String> standardize() {
    return KeyParams.choice(this, "standardize");
  }

  /**
   * {@code auto}, {@code true} or {@code false}: whether the mean of the label is the output
   * bias's.
   */
  default Param<String> centerLabel() {
    return KeyParams.choice(this, "center-label");
  }

  /**
   * Where the work runs: {@code auto}, {@code driver}, {@code gates}, {@code lambdas} or {@code
   * rows}.
   */
  default Param<String> engine() {
    return KeyParams.choice(this, "engine");
  }

  /**
   * Folder of a fit or path of the commands, with the same columns, model and labels, whose
   * solutions solves start from where they are better; none by default.
   */
  default Param<String> initialModel() {
    return KeyParams.choice(this, "warm-start");
  }

  /** The column of what rows count for, in the fit and in metrics; without it each counts once. */
  @Override
  default Param<String> weightCol() {
    return new Param<>(this, "weightCol", KeyParams.text("weights"));
  }

  /** What Scala's trait would keep its own Param in; this one is made where it is asked for. */
  @Override
  default void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(
      Param<String> param) {}

  /** The value of {@link #regParam}. */
  default double getRegParam() {
    return (Double) getOrDefault(regParam());
  }

  /** The value of {@link #lambdaRatio}. */
  default double getLambdaRatio() {
    return (Double) getOrDefault(lambdaRatio());
  }

  /** The value of {@link #lambdaMinRatio}. */
  default double getLambdaMinRatio() {
    return (Double) getOrDefault(lambdaMinRatio());
  }

  /** The value of {@link #searchTolerance}. */
  default double getSearchTolerance() {
    return (Double) getOrDefault(searchTolerance());
  }

  /** The value of {@link #tol}. */
  default double getTol() {
    return (Double) getOrDefault(tol());
  }

  /** The value of {@link #timeLimit}. */
  default double getTimeLimit() {
    return (Double) getOrDefault(timeLimit());
  }

  /** The value of {@link #lambdas}. */
  default int getLambdas() {
    return (Integer) getOrDefault(lambdas());
  }

  /** The value of {@link #gates}. */
  default int getGates() {
    return (Integer) getOrDefault(gates());
  }

  /** The value of {@link #searchStarts}. */
  default int getSearchStarts() {
    return (Integer) getOrDefault(searchStarts());
  }

  /** The value of {@link #enumerationLimit}. */
  default int getEnumerationLimit() {
    return (Integer) getOrDefault(enumerationLimit());
  }

  /** The value of {@link #maxIter}. */
  default int getMaxIter() {
    return (Integer) getOrDefault(maxIter());
  }

  /** The value of {@link #segments}. */
  default int getSegments() {
    return (Integer) getOrDefault(segments());
  }

  /** The value of {@link #seed}. */
  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /** The value of {@link #fitIntercept}. */
  default boolean getFitIntercept() {
    return (Boolean) getOrDefault(fitIntercept());
  }

  /** The value of {@link #model}. */
  default String getModel() {
    return getOrDefault(model());
  }

  /** The value of {@link #gateSource}. */
  default String getGateSource() {
    return getOrDefault(gateSource());
  }

  /** The value of {@link #standardize}. */
  default String getStandardize() {
    return getOrDefault(standardize());
  }

  /** The value of {@link #centerLabel}. */
  default String getCenterLabel() {
    return getOrDefault(centerLabel());
  }

  /** The value of {@link #engine}. */
  default String getEngine() {
    return getOrDefault(engine());
  }

  /** The value of {@link #initialModel}. */
  default String getInitialModel() {
    return getOrDefault(initialModel());
  }
}
