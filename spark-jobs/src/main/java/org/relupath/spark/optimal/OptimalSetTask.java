package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.optimalset.OptimalNeuron;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.optimalset.polytope.Range;
import org.relupath.core.optimalset.polytope.Vertices;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.spark.analysis.AnalysisTask;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.analysis.SmallestWidth;
import org.relupath.spark.config.AnalysisSettings;
import org.relupath.spark.data.EvaluationRows;
import org.relupath.spark.train.program.StoredSolution;

/**
 * What {@code optimal-set} does with one lambda, on an executor: the solution is solved on to a gap
 * near 1e-12, and all optimal networks are looked at.
 *
 * @param program the program and how it is solved
 * @param valid held-out rows, or null
 * @param test rows for the final measurement, or null
 * @param settings what is asked
 * @param targets whether dw/dy is wanted
 */
public record OptimalSetTask(
    AnalysisTask program,
    EvaluationRows valid,
    EvaluationRows test,
    AnalysisSettings settings,
    boolean targets)
    implements java.io.Serializable {
  /** Looks at the optimal networks of one lambda. */
  public OptimalSetResult of(StoredSolution stored) {
    long started = System.nanoTime();
    PolishedSolution polished = program.polish(stored);
    return program.optimalSet(polished).analysed(all -> result(polished, all, started));
  }

  private OptimalSetResult result(PolishedSolution polished, OptimalSet all, long started) {
    OptimalSet set = settings.columns() == AnalysisSettings.Columns.ALL ? all : all.onSupport();
    Uniqueness uniqueness = all.uniqueness();
    SmallestNetwork smallest = SmallestWidth.search(set, settings.vertices(), program.seed());
    int width = smallest.vertex().width();
    SmallestWidth least = SmallestWidth.ofPart(smallest, set, all, width);
    Vertices vertices = set.polytope().vertices(settings.vertices());
    List<double[]> samples =
        set.dimension() == 0
            ? List.of()
            : set.polytope().sample(settings.samples(), program.seed());
    OptimalSetSummary summary = OptimalSetSummary.of(program, set, uniqueness);
    Map<String, BlockWeights> candidates = new LinkedHashMap<>();
    candidates.put("smallest", set.weights(smallest.vertex().beta()));
    candidates.putAll(CandidateNetworks.of(set, valid, test));
    PredictionRanges held = PredictionRanges.of(set, valid);
    PredictionRanges last = PredictionRanges.of(set, test);
    return new OptimalSetResult(
        polished,
        settings.columns(),
        summary,
        width,
        least,
        vertices.list().stream().map(vertex -> vertex.beta()).toList(),
        vertices.complete(),
        samples,
        PredictionRanges.widest(held),
        PredictionRanges.widest(last),
        program.sensitivity(polished, targets),
        neurons(set, candidates),
        BlockRatio.of(program.program(), set.equicorrelation()),
        candidates,
        PolytopePicture.of(set, program.seed()),
        held,
        last,
        (System.nanoTime() - started) / 1e9);
  }

  private static List<NeuronRange> neurons(OptimalSet set, Map<String, BlockWeights> candidates) {
    List<NeuronRange> neurons = new ArrayList<>();
    for (int j = 0; j < set.neurons().size(); j++) {
      OptimalNeuron neuron = set.neurons().neurons().get(j);
      Range range = set.neuronRange(j);
      List<Integer> blocks = neuron.blocks().stream().map(block -> block.id()).toList();
      neurons.add(
          new NeuronRange(
              blocks,
              neuron.sign(),
              neuron.anchor(),
              range.min(),
              range.max(),
              neuron.ray(),
              norm(candidates.get("smallest"), blocks),
              norm(candidates.get("min_norm"), blocks)));
    }
    return neurons;
  }

  /** sum of ||w_b|| over some blocks. */
  private static double norm(BlockWeights weights, List<Integer> blocks) {
    double sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      sum += blocks.contains(weights.blocks().get(i).id()) ? weights.norm(i) : 0;
    }
    return sum;
  }
}
