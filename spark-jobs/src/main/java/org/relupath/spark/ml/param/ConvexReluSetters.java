package org.relupath.spark.ml.param;

import org.apache.spark.ml.param.Param;

/**
 * Setters of the Params that both estimators have.
 *
 * @param <E> the estimator, which every setter returns
 */
public interface ConvexReluSetters<E> extends ConvexReluParams {
  private <T> E with(Param<T> param, Object value) {
    @SuppressWarnings("unchecked") // a Param of numbers is one of Object in Scala
    Param<Object> any = (Param<Object>) param;
    set(any, value);
    @SuppressWarnings("unchecked") // E is the type of this
    E own = (E) this;
    return own;
  }

  /** See {@link #regParam}. */
  default E setRegParam(double value) {
    return with(regParam(), value);
  }

  /** See {@link #lambdaRatio}. */
  default E setLambdaRatio(double value) {
    return with(lambdaRatio(), value);
  }

  /** See {@link #lambdaMinRatio}. */
  default E setLambdaMinRatio(double value) {
    return with(lambdaMinRatio(), value);
  }

  /** See {@link #searchTolerance}. */
  default E setSearchTolerance(double value) {
    return with(searchTolerance(), value);
  }

  /** See {@link #tol}. */
  default E setTol(double value) {
    return with(tol(), value);
  }

  /** See {@link #timeLimit}. */
  default E setTimeLimit(double value) {
    return with(timeLimit(), value);
  }

  /** See {@link #lambdas}. */
  default E setLambdas(int value) {
    return with(lambdas(), value);
  }

  /** See {@link #gates}. */
  default E setGates(int value) {
    return with(gates(), value);
  }

  /** See {@link #searchStarts}. */
  default E setSearchStarts(int value) {
    return with(searchStarts(), value);
  }

  /** See {@link #enumerationLimit}. */
  default E setEnumerationLimit(int value) {
    return with(enumerationLimit(), value);
  }

  /** See {@link #maxIter}. */
  default E setMaxIter(int value) {
    return with(maxIter(), value);
  }

  /** See {@link #segments}. */
  default E setSegments(int value) {
    return with(segments(), value);
  }

  /** See {@link #seed}. */
  default E setSeed(long value) {
    return with(seed(), value);
  }

  /** See {@link #fitIntercept}. */
  default E setFitIntercept(boolean value) {
    return with(fitIntercept(), value);
  }

  /** See {@link #model}. */
  default E setModel(String value) {
    return with(model(), value);
  }

  /** See {@link #gateSource}. */
  default E setGateSource(String value) {
    return with(gateSource(), value);
  }

  /** See {@link #standardize}. */
  default E setStandardize(String value) {
    return with(standardize(), value);
  }

  /** See {@link #centerLabel}. */
  default E setCenterLabel(String value) {
    return with(centerLabel(), value);
  }

  /** See {@link #engine}. */
  default E setEngine(String value) {
    return with(engine(), value);
  }

  /** See {@link #initialModel}. */
  default E setInitialModel(String value) {
    return with(initialModel(), value);
  }

  /** See {@link #weightCol}. */
  default E setWeightCol(String value) {
    return with(weightCol(), value);
  }
}
