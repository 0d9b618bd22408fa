package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkObjective;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.solve.Solution;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.RowData;
import org.relupath.spark.engine.BlockSum;
import org.relupath.spark.io.rows.RawBlock;
import org.relupath.spark.report.Scores;

/** How networks do on rows that stay on executors; null in, null out where there are none. */
public final class RowEvaluator {
  /** Rows drawn in a report, on average. */
  private static final double SHOWN = 2000;

  private final JavaSparkContext spark;
  private final Preprocessing preprocessing;
  private final ProgramSummary program;
  private final long seed;

  /**
   * Measures of a program's networks.
   *
   * @param seed from which rows are drawn for reports
   */
  RowEvaluator(
      JavaSparkContext spark, Preprocessing preprocessing, ProgramSummary program, long seed) {
    this.spark = spark;
    this.preprocessing = preprocessing;
    this.program = program;
    this.seed = seed;
  }

  /** Solutions as networks, measured on the rows that they were fitted to in one pass. */
  public List<FittedNetwork> fitted(
      RowData.Part train, List<Network> networks, List<Solution> solutions) {
    List<Metrics.Sums> sums = sums(train, networks);
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
                  Metrics.of(sums.get(l), program.labels()));
            })
        .toList();
  }

  /** On other rows, all networks in one pass. */
  public List<Metrics> measured(RowData.Part part, List<Network> networks) {
    return part == null
        ? null
        : sums(part, networks).stream().map(sum -> Metrics.of(sum, program.labels())).toList();
  }

  private List<Metrics.Sums> sums(RowData.Part part, List<Network> networks) {
    double[] two = program.labels();
    List<Network> sent = new ArrayList<>(networks);
    return described(
        "measuring " + networks.size() + " networks on " + part.rows() + " rows",
        () ->
            BlockSum.over(
                part.blocks(),
                RawBlock::first,
                part.count(),
                RowBlock.ROWS,
                raw -> sums(sent, raw, two),
                RowEvaluator::plus));
  }

  private static ArrayList<Metrics.Sums> sums(List<Network> networks, RawBlock raw, double[] two) {
    ArrayList<Metrics.Sums> sums = new ArrayList<>();
    for (Network network : networks) {
      sums.add(Metrics.Sums.of(ForwardPass.of(network, raw.features()), raw.targets(), two));
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

  /** Targets and predictions of some rows, drawn by their numbers. */
  public Scores scores(RowData.Part part, Network network) {
    if (part == null) {
      return null;
    }
    double share = Math.min(1, SHOWN / part.rows());
    long drawSeed = seed;
    List<RawBlock> drawn =
        described(
            "scores of a sample of " + part.rows() + " rows",
            () ->
                new ArrayList<>(
                    part.blocks()
                        .map(block -> block.drawn("scored-row", share, drawSeed))
                        .collect()));
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

  private <T> T described(String what, Supplier<T> job) {
    try {
      spark.setJobDescription(what);
      return job.get();
    } finally {
      spark.setJobDescription(null);
    }
  }
}
