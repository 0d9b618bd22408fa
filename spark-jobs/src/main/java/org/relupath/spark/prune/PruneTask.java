package org.relupath.spark.prune;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.optimalset.OptimalNeurons;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.Vertex;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.prune.Correction;
import org.relupath.core.prune.ExactPruning;
import org.relupath.core.prune.PruningMethod;
import org.relupath.core.prune.PruningStep;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.AnalysisTask;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.analysis.SmallestWidth;
import org.relupath.spark.config.AnalysisSettings;
import org.relupath.spark.data.EvaluationRows;
import org.relupath.spark.train.program.StoredSolution;

/**
 * What {@code prune} does with one lambda, on an executor: exact pruning of the solution, a search
 * for the smallest optimal network, and approximate pruning of that one.
 *
 * @param program the program and how it is solved; a network counts as optimal to its tolerance
 * @param train the training rows
 * @param valid held-out rows, or null
 * @param test rows for the final measurement, or null
 * @param settings what is asked
 */
public record PruneTask(
    AnalysisTask program,
    EvaluationRows train,
    EvaluationRows valid,
    EvaluationRows test,
    AnalysisSettings settings)
    implements java.io.Serializable {
  /** Prunes the networks of one lambda. */
  public PruningResult of(StoredSolution stored) {
    long started = System.nanoTime();
    PolishedSolution polished = program.polish(stored);
    return program.optimalSet(polished).analysed(set -> result(polished, set, started));
  }

  private PruningResult result(PolishedSolution polished, OptimalSet set, long started) {
    Polytope polytope = set.polytope();
    // Of a set that is not known only those fits are dependent that are so to rounding.
    double gap = set.resolved() ? polytope.gap() : 0;
    ExactPruning.Result exact =
        ExactPruning.of(polytope.n(), polytope.columns(), set.anchor(), gap);
    SmallestNetwork smallest = SmallestWidth.search(set, settings.vertices(), program.seed());
    boolean smaller = smallest.vertex().width() < exact.vertex().width();
    Vertex vertex = smaller ? smallest.vertex() : exact.vertex();
    // Pruned from itself it stays what it is, if its fits are independent.
    ExactPruning.Result again =
        ExactPruning.of(polytope.n(), polytope.columns(), vertex.beta(), gap);
    Certificate before = polished.solution().certificate();
    Solution minimal = certified(set.weights(vertex.beta()), before.lambda());
    List<PruningRow> rows = new ArrayList<>();
    PrunedRows all = measured(set.neurons(), before);
    int blocks = polished.activeBlocks();
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
    Certificate after = minimal.certificate();
    return new PruningResult(
        polished,
        minimal,
        after.objective() / program.lossScale(),
        before.objective() == 0 ? 0 : Math.abs(after.objective() / before.objective() - 1),
        set.resolved() ? (Integer) polytope.supportRank().value() : null,
        SmallestWidth.of(smallest, set, set.uniqueness(), vertex.width()),
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
    Certifier certifier = new Certifier(problem());
    double[] u = certifier.residual(weights);
    Certificate certificate =
        certifier.certify(
            weights, u, lambda, new Pricer(program.program()).price(u, lambda, Integer.MAX_VALUE));
    Status status =
        certificate.relativeGap() <= program.limits().tolerance() ? Status.OPTIMAL : Status.ALMOST;
    return new Solution(weights, certificate, status, 0, 0, 0);
  }

  private void approximate(
      OptimalNeurons neurons, Vertex vertex, Solution minimal, List<PruningRow> rows) {
    double[] beta =
        java.util.Arrays.stream(vertex.support()).mapToDouble(b -> vertex.beta()[b]).toArray();
    Certificate certificate = minimal.certificate();
    PrunedRows measured = measured(neurons, certificate);
    for (PruningMethod method : PruningMethod.values()) {
      for (Correction correction : Correction.values()) {
        rows.addAll(measured.curve(beta, method, correction));
      }
    }
  }

  private PrunedRows measured(OptimalNeurons neurons, Certificate certificate) {
    return new PrunedRows(program, neurons, certificate, train, valid, test);
  }

  private Problem problem() {
    return program.program().problem();
  }
}
