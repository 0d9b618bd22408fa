package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Folding;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkObjective;
import org.relupath.core.network.NeuronActivity;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.data.BaselineScores;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.Part;
import org.relupath.spark.data.RowData;
import org.relupath.spark.engine.BlockSum;
import org.relupath.spark.engine.SparkJob;
import org.relupath.spark.io.rows.RawBlock;
import org.relupath.spark.train.program.FittedNetwork;
import org.relupath.spark.train.program.NetworkExporter;
import org.relupath.spark.train.program.PricedBlocks;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * Measures networks on rows that stay on executors.
 *
 * @param spark where the rows are
 * @param data the rows
 * @param rows their program
 * @param found the solutions of the program
 * @param model whose seed draws rows for reports
 */
record RowExporter(
    JavaSparkContext spark,
    RowData data,
    RowProgram rows,
    List<RowSolution> found,
    ModelSettings model)
    implements NetworkExporter {
  /** Rows drawn in a report, on average. */
  private static final double SHOWN = 2000;

  @Override
  public ProgramSummary program() {
    return rows.summary();
  }

  @Override
  public PricedBlocks blocks(Solution solution) {
    return found.stream()
        .filter(own -> own.solution().equals(solution))
        .findFirst()
        .map(rows::blocks)
        .orElseThrow();
  }

  /** Solutions as networks, measured on the rows that they were fitted to in one pass. */
  List<FittedNetwork> fitted() {
    List<Solution> solutions = found.stream().map(RowSolution::solution).toList();
    List<Network> networks =
        solutions.stream().map(solution -> network(solution.weights())).toList();
    List<Metrics.Sums> sums = sums(data.train(), networks);
    return IntStream.range(0, networks.size())
        .mapToObj(
            l -> {
              Network network = networks.get(l);
              Solution solution = solutions.get(l);
              double penalty = NetworkObjective.penalty(network, solution.certificate().lambda());
              return new FittedNetwork(
                  network,
                  solution,
                  new NetworkObjective(0.5 * sums.get(l).squares(), penalty),
                  Metrics.of(sums.get(l), labels()));
            })
        .toList();
  }

  private Network network(BlockWeights weights) {
    List<String> inputs = data.columns().names();
    Matrix none = Matrix.zeros(0, inputs.size());
    return Folding.fold(rows.neurons(weights), data.preprocessing(), inputs, none);
  }

  private double[] labels() {
    return data.preprocessing().labels();
  }

  @Override
  public Metrics measure(Part part, Network network) {
    return measure(part, List.of(network)).get(0);
  }

  /** Measures all networks in one pass; null for each where there are no such rows. */
  List<Metrics> measure(Part part, List<Network> networks) {
    RowData.Blocks rows = data.part(part);
    return rows == null
        ? Collections.nCopies(networks.size(), null)
        : sums(rows, networks).stream().map(sum -> Metrics.of(sum, labels())).toList();
  }

  private List<Metrics.Sums> sums(RowData.Blocks part, List<Network> networks) {
    double[] two = labels();
    List<Network> sent = new ArrayList<>(networks);
    return SparkJob.described(
        spark,
        "measuring " + networks.size() + " networks on " + part.rows() + " rows",
        () ->
            BlockSum.over(
                part.blocks(),
                RawBlock::first,
                part.count(),
                RowBlock.ROWS,
                raw -> sums(sent, raw, two),
                RowExporter::plus));
  }

  private static ArrayList<Metrics.Sums> sums(List<Network> networks, RawBlock raw, double[] two) {
    ArrayList<Metrics.Sums> sums = new ArrayList<>();
    for (Network network : networks) {
      sums.add(
          Metrics.Sums.of(ForwardPass.of(network, raw.features()), raw.targets(), r -> 1, two));
    }
    return sums;
  }

  private static ArrayList<Metrics.Sums> plus(
      ArrayList<Metrics.Sums> a, ArrayList<Metrics.Sums> b) {
    ArrayList<Metrics.Sums> sums = new ArrayList<>();
    for (int l = 0; l < a.size(); l++) {
      sums.add(a.get(l).plus(b.get(l)));
    }
    return sums;
  }

  /** Rows are drawn by their numbers. */
  @Override
  public Scores scores(Part which, Network network) {
    RowData.Blocks part = data.part(which);
    if (part == null) {
      return null;
    }
    Preprocessing preprocessing = data.preprocessing();
    double share = Math.min(1, SHOWN / part.rows());
    long seed = model.seed();
    List<RawBlock> drawn =
        SparkJob.described(
            spark,
            "scores of a sample of " + part.rows() + " rows",
            () ->
                new ArrayList<>(
                    part.blocks().map(block -> block.drawn("scored-row", share, seed)).collect()));
    drawn.sort(Comparator.comparingLong(RawBlock::first));
    double[] targets =
        drawn.stream()
            .flatMapToDouble(block -> Arrays.stream(preprocessing.targets(block.targets())))
            .map(y -> y + preprocessing.center())
            .toArray();
    double[] predictions =
        drawn.stream()
            .flatMapToDouble(block -> Arrays.stream(network.predict(block.features())))
            .toArray();
    return new Scores(targets, predictions);
  }

  /** They would take one more pass. */
  @Override
  public NeuronActivity activity(Network network) {
    return null;
  }

  @Override
  public BaselineScores baselines() {
    return null;
  }

  @Override
  public OptionalInt drawn(Scores training) {
    return OptionalInt.of(training.rows());
  }
}
