package org.relupath.spark.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Network;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.rows.NetworkPass;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowPass;
import org.relupath.core.program.rows.RowSums;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.spark.engine.BlockSum;
import org.relupath.spark.io.RawBlock;
import org.relupath.spark.report.Scores;

/** How networks do on rows that stay on executors; null in, null out where there are none. */
final class RowMeasures {
  /** Rows drawn in a report, on average. */
  private static final double SHOWN = 2000;

  private final JavaSparkContext spark;
  private final Model model;
  private final Matrix gates;
  private final Preprocessing preprocessing;
  private final ProgramFigures program;
  private final long seed;

  /**
   * Measures of a program's networks.
   *
   * @param model of the program
   * @param gates of the distinct patterns, P x d
   * @param seed from which rows are drawn for reports
   */
  RowMeasures(
      JavaSparkContext spark,
      Model model,
      Matrix gates,
      Preprocessing preprocessing,
      ProgramFigures program,
      long seed) {
    this.spark = spark;
    this.model = model;
    this.gates = gates;
    this.preprocessing = preprocessing;
    this.program = program;
    this.seed = seed;
  }

  /** On the rows that the solution was fitted to: a pass has seen them all. */
  Metrics trained(RowSolution found) {
    double square = 2 * found.solution().certificate().loss();
    return metrics(square, found.agreeing(), program.n());
  }

  private Metrics metrics(double square, long agreeing, long n) {
    boolean two = program.labels().length == 2;
    return new Metrics(square / n, two ? (double) agreeing / n : null);
  }

  /** On other rows, all solutions in one pass. */
  List<Metrics> measured(RowData.Part part, List<BlockWeights> solutions) {
    if (part == null) {
      return null;
    }
    RowSums sums =
        described(
            "measuring " + solutions.size() + " networks on " + part.rows() + " rows",
            () -> sums(part, solutions));
    return IntStream.range(0, solutions.size())
        .mapToObj(l -> metrics(sums.squares()[l], sums.agreeing()[l], part.rows()))
        .toList();
  }

  /** Sums with the gates that some solution uses, and no others. */
  private RowSums sums(RowData.Part part, List<BlockWeights> solutions) {
    int[] used = used(solutions);
    Matrix own = gates.selectRows(used);
    List<BlockWeights> weights =
        solutions.stream().map(w -> w.relabel(block -> renumbered(block, used))).toList();
    Preprocessing fitted = preprocessing;
    Model kind = model;
    return BlockSum.over(
        part.blocks(),
        RawBlock::first,
        part.count(),
        RowBlock.ROWS,
        raw ->
            sums(
                kind,
                weights,
                RowBlock.of(
                    raw.first(), fitted.design(raw.features()), fitted.targets(raw.targets()), own),
                own,
                fitted.center()),
        RowSums::add);
  }

  private static RowSums sums(
      Model model, List<BlockWeights> weights, RowBlock block, Matrix gates, double center) {
    return switch (model) {
      case GATED -> new RowPass(weights, gates.columns(), center).of(block);
      case RELU -> new NetworkPass(weights, List.of(), gates, center, 1).worker().of(block).sums();
    };
  }

  private static int[] used(List<BlockWeights> solutions) {
    TreeSet<Integer> used = new TreeSet<>();
    solutions.forEach(w -> w.blocks().forEach(block -> used.add(block.pattern())));
    return used.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Block renumbered(Block block, int[] used) {
    return block.numbered(Arrays.binarySearch(used, block.pattern()), used.length);
  }

  /** Targets and predictions of some rows, drawn by their numbers. */
  Scores scores(RowData.Part part, Network network) {
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
