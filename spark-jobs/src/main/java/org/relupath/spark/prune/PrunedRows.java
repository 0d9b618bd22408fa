package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Label;
import org.relupath.core.optimalset.OptimalNeurons;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.prune.ApproximatePruning;
import org.relupath.core.prune.Correction;
import org.relupath.core.prune.NeuronFits;
import org.relupath.core.prune.PrunedNetwork;
import org.relupath.core.prune.PruningMethod;
import org.relupath.spark.analysis.AnalysisTask;
import org.relupath.spark.data.EvaluationRows;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.optimal.NetworkMetrics;
import org.relupath.spark.train.program.LowerBounds;

/** Networks of one set of neurons, measured: what a neuron computes is computed once. */
public final class PrunedRows {
  private final AnalysisTask program;
  private final OptimalNeurons neurons;
  private final Certificate certificate;
  private final EvaluationRows train;
  private final EvaluationRows valid;
  private final EvaluationRows test;
  private final double[] onTrain;
  private final double[] onValid;
  private final double[] onTest;

  /**
   * Prepares to measure networks of these neurons.
   *
   * @param certificate of an optimal network at this lambda
   * @param train the training rows
   * @param valid held-out rows, or null
   * @param test rows for the final measurement, or null
   */
  public PrunedRows(
      AnalysisTask program,
      OptimalNeurons neurons,
      Certificate certificate,
      EvaluationRows train,
      EvaluationRows valid,
      EvaluationRows test) {
    this.program = program;
    this.neurons = neurons;
    this.certificate = certificate;
    this.train = train;
    this.valid = valid;
    this.test = test;
    this.onTrain = train.responses(neurons, program.gates());
    this.onValid = valid == null ? null : valid.responses(neurons, program.gates());
    this.onTest = test == null ? null : test.responses(neurons, program.gates());
  }

  /**
   * The networks on the way from one down to none, neurons dropped one after another.
   *
   * @param beta weights of the network that pruning begins with, one a neuron
   */
  public List<PruningRow> curve(double[] beta, PruningMethod method, Correction correction) {
    Problem problem = program.program().problem();
    NeuronFits fits =
        new NeuronFits(problem.n(), neurons.matrix(), beta, problem.y(), certificate.lambda());
    List<PruningRow> rows = new ArrayList<>();
    for (PrunedNetwork step :
        new ApproximatePruning(fits).curve(method, correction, program.seed()).steps()) {
      rows.add(row(Label.of(method), Label.of(correction), step.width(), step.beta()));
    }
    return rows;
  }

  /** One network, measured. */
  PruningRow row(String method, String correction, int width, double[] beta) {
    Problem problem = program.program().problem();
    double[] fit = product(onTrain, problem.n(), beta);
    double loss = 0;
    double penalty = 0;
    for (int r = 0; r < fit.length; r++) {
      loss += problem.loss().value(problem.y()[r] - problem.root(r) * fit[r]);
    }
    for (double weight : beta) {
      penalty += certificate.lambda() * weight;
    }
    double objective = loss + penalty;
    double gap = LowerBounds.gap(objective, certificate.dualObjective());
    return PruningRow.of(
        method,
        correction,
        width,
        objective / program.lossScale(),
        gap <= program.limits().tolerance(),
        new NetworkMetrics(
            train.measure(fit), measure(valid, onValid, beta), measure(test, onTest, beta)));
  }

  private Metrics measure(EvaluationRows rows, double[] responses, double[] beta) {
    return rows == null ? null : rows.measure(product(responses, rows.rows().rows(), beta));
  }

  private double[] product(double[] columns, int rows, double[] beta) {
    double[] fit = new double[rows];
    for (int j = 0; j < neurons.size(); j++) {
      for (int r = 0; r < rows && beta[j] != 0; r++) {
        fit[r] += beta[j] * columns[j * rows + r];
      }
    }
    return fit;
  }
}
