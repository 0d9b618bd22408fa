package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.optimalset.OptimalNeurons;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.Vertex;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.prune.ApproximatePruning;
import org.relupath.core.prune.Correction;
import org.relupath.core.prune.ExactPruning;
import org.relupath.core.prune.NeuronFits;
import org.relupath.core.prune.PrunedNetwork;
import org.relupath.core.prune.PruningMethod;
import org.relupath.core.prune.PruningStep;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.PolishedSolve;
import org.relupath.spark.config.AnalysisSettings;
import org.relupath.spark.data.EvaluationRows;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.NetworkMetrics;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.StoredSolution;

/**
 * What {@code prune} does with one lambda, on an executor: exact pruning of the solution, a search
 * for the smallest optimal network, and approximate pruning of that one.
 *
 * @param program the program
 * @param gates for each pattern a gate that induces it
 * @param limits of the solve; a network counts as optimal to their tolerance
 * @param train the training rows
 * @param valid held-out rows, or null
 * @param test rows for the final measurement, or null
 * @param settings what is asked
 * @param seed of all that is drawn
 */
public record PruneTask(
    ConvexProgram program,
    Matrix gates,
    Settings limits,
    EvaluationRows train,
    EvaluationRows valid,
    EvaluationRows test,
    AnalysisSettings settings,
    long seed)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** Prunes the networks of one lambda. */
  public PruningResult of(StoredSolution stored) {
    long started = System.nanoTime();
    Solution solution = PolishedSolve.solve(program, stored, limits);
    return OptimalSet.of(program, gates, solution)
        .analysed(set -> findings(stored, solution, set, started));
  }

  private PruningResult findings(
      StoredSolution stored, Solution solution, OptimalSet set, long started) {
    Polytope polytope = set.polytope();
    // Of a set that is not known only those fits are dependent that are so to rounding.
    double gap = set.resolved() ? polytope.gap() : 0;
    ExactPruning.Result exact =
        ExactPruning.of(polytope.n(), polytope.columns(), set.anchor(), gap);
    SmallestNetwork smallest =
        SmallestNetwork.of(polytope, PolishedSolve.limits(settings.vertices(), seed));
    Integer bound = PolishedSolve.widthBound(smallest, set, set.uniqueness());
    boolean smaller = smallest.vertex().width() < exact.vertex().width();
    Vertex vertex = smaller ? smallest.vertex() : exact.vertex();
    boolean proven = bound != null && bound == vertex.width();
    // Pruned from itself it stays what it is, if its fits are independent.
    ExactPruning.Result again =
        ExactPruning.of(polytope.n(), polytope.columns(), vertex.beta(), gap);
    Solution minimal = certified(set.weights(vertex.beta()), stored.lambda());
    List<PruningRow> rows = new ArrayList<>();
    Curve all = new Curve(set.neurons(), solution.certificate());
    int blocks = solution.weights().compact().size();
    int merged = set.neurons().active().size();
    rows.add(all.row("exact", "none", blocks, set.anchor()));
    if (merged < blocks) {
      rows.add(all.row("exact", "none", merged, set.anchor()));
    }
    for (PruningStep step : exact.steps()) {
      rows.add(all.row("exact", "none", step.width(), step.beta()));
    }
    if (smaller) {
      rows.add(all.row("exact", "none", vertex.width(), vertex.beta()));
    }
    approximate(set.neurons().select(vertex.support()), vertex, minimal, rows);
    return new PruningResult(
        stored.index(),
        solution,
        minimal,
        set.resolved() ? (Integer) polytope.supportRank().value() : null,
        bound,
        proven,
        PolishedSolve.provenBy(smallest, proven),
        again.minimal() && again.vertex().width() == vertex.width(),
        change(set.neurons(), set.anchor(), vertex.beta()),
        rows,
        (System.nanoTime() - started) / 1e9);
  }

  /** ||M beta - M beta_0|| / ||M beta_0||. */
  private static double change(OptimalNeurons neurons, double[] anchor, double[] beta) {
    double[] before = neurons.fit(anchor);
    double[] moved = neurons.fit(beta);
    Vectors.axpy(-1, before, 0, moved, 0, moved.length);
    double change = Vectors.norm(moved);
    return change == 0 ? 0 : change / Vectors.norm(before);
  }

  private Solution certified(BlockWeights weights, double lambda) {
    Certifier certifier = new Certifier(program.problem());
    double[] u = certifier.residual(weights);
    Certificate certificate =
        certifier.certify(
            weights, u, lambda, new Pricer(program).price(u, lambda, Integer.MAX_VALUE));
    Status status =
        certificate.relativeGap() <= limits.tolerance() ? Status.OPTIMAL : Status.ALMOST;
    return new Solution(weights, certificate, status, 0, 0, 0);
  }

  private void approximate(
      OptimalNeurons neurons, Vertex vertex, Solution minimal, List<PruningRow> rows) {
    double[] beta =
        java.util.Arrays.stream(vertex.support()).mapToDouble(b -> vertex.beta()[b]).toArray();
    Certificate certificate = minimal.certificate();
    NeuronFits fits =
        new NeuronFits(
            program.problem().n(),
            neurons.matrix(),
            beta,
            program.problem().y(),
            certificate.lambda());
    ApproximatePruning pruning = new ApproximatePruning(fits);
    Curve curve = new Curve(neurons, certificate);
    for (PruningMethod method : PruningMethod.values()) {
      for (Correction correction : Correction.values()) {
        for (PrunedNetwork step : pruning.curve(method, correction, seed).steps()) {
          rows.add(curve.row(label(method), label(correction), step.width(), step.beta()));
        }
      }
    }
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Networks of one set of neurons, measured: what a neuron computes is computed once. */
  private final class Curve {
    private final int size;
    private final Certificate certificate;
    private final double[] onTrain;
    private final double[] onValid;
    private final double[] onTest;

    Curve(OptimalNeurons neurons, Certificate certificate) {
      this.size = neurons.size();
      this.certificate = certificate;
      this.onTrain = train.responses(neurons, gates);
      this.onValid = valid == null ? null : valid.responses(neurons, gates);
      this.onTest = test == null ? null : test.responses(neurons, gates);
    }

    PruningRow row(String method, String correction, int width, double[] beta) {
      double[] fit = product(onTrain, program.problem().n(), beta);
      double loss = 0;
      double penalty = 0;
      for (int r = 0; r < fit.length; r++) {
        double u = program.problem().y()[r] - fit[r];
        loss += 0.5 * u * u;
      }
      for (double weight : beta) {
        penalty += certificate.lambda() * weight;
      }
      double objective = loss + penalty;
      double gap = LowerBounds.gap(objective, certificate.dualObjective());
      return new PruningRow(
          method,
          correction,
          width,
          objective,
          gap <= limits.tolerance(),
          new NetworkMetrics(
              train.measure(fit), measure(valid, onValid, beta), measure(test, onTest, beta)));
    }

    private Metrics measure(EvaluationRows rows, double[] responses, double[] beta) {
      return rows == null ? null : rows.measure(product(responses, rows.rows().rows(), beta));
    }

    private double[] product(double[] columns, int rows, double[] beta) {
      double[] fit = new double[rows];
      for (int j = 0; j < size; j++) {
        for (int r = 0; r < rows && beta[j] != 0; r++) {
          fit[r] += beta[j] * columns[j * rows + r];
        }
      }
      return fit;
    }
  }
}
