package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.relupath.core.audit.Improvement;
import org.relupath.core.audit.stationarity.Criticality;
import org.relupath.core.audit.stationarity.NeuronAudit;
import org.relupath.core.optimalset.Membership;
import org.relupath.core.optimalset.Uniqueness.State;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.search.LowerBound;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.analysis.SmallestWidth;
import org.relupath.spark.audit.AuditReport;
import org.relupath.spark.audit.AuditedNeuron;
import org.relupath.spark.config.AnalysisSettings;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.prune.PruningPage;
import org.relupath.spark.prune.PruningResult;
import org.relupath.spark.prune.PruningRow;
import org.relupath.spark.result.page.PathSamples;
import org.relupath.spark.train.NetworkClass;

/** Made-up reports of optimal sets, prunings and audits with the shapes that real ones have. */
public final class SetSamples {
  private SetSamples() {}

  /** An optimal set of the given number of neurons; all of one size where unique. */
  static OptimalSetPage optimalSet(State unique, int neurons, int blocks) {
    List<NeuronRange> ranges = new ArrayList<>();
    for (int j = 0; j < neurons; j++) {
      double most = 3.0 / (j + 1);
      double least = unique == State.UNIQUE ? most : j % 3 == 0 ? 0.4 * most : 0;
      double some = 0.5 * (least + most);
      ranges.add(
          new NeuronRange(
              List.of(j),
              j % 2 == 0 ? 1 : -1,
              some,
              least,
              most,
              new double[] {1, 0},
              j % 3 == 0 ? most : 0,
              most));
    }
    List<BlockRatio> levels = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      boolean member = b < neurons;
      double ratio = member ? 1 - 1e-13 * b : 0.995 * Math.pow(0.999, b - neurons);
      levels.add(
          new BlockRatio(
              ratio,
              b % 5 != 4 || member,
              b == 1 ? Membership.UNDECIDED : member ? Membership.YES : Membership.NO));
    }
    String reason =
        unique == State.UNIQUE
            ? "the fits of all candidates are independent"
            : "two different networks are optimal";
    return new OptimalSetPage(
        "sonar",
        PathSamples.figures(),
        Model.RELU,
        List.of("age", "height"),
        List.of(
            new OptimalSetPart(
                result(
                    unique, neurons, reason, ranges, levels, new Integer[] {5, 2, 1}, true, null),
                candidates(neurons))),
        0);
  }

  private static List<CandidateRow> candidates(int neurons) {
    return neurons == 0
        ? List.of()
        : List.of(
            candidate("solver", neurons, 0.31),
            candidate("min_l2", neurons, 0.30),
            candidate("min_linf", neurons, 0.29),
            candidate("max_smallest", neurons, 0.305),
            candidate("valid_mse", neurons - 1, 0.21));
  }

  /** A result; its smallest width is two below the number of neurons. */
  static OptimalSetResult result(
      State unique,
      int neurons,
      String reason,
      List<NeuronRange> ranges,
      List<BlockRatio> ratios,
      Integer[] dimensions,
      boolean provenSmallest,
      PolytopePicture picture) {
    int width = Math.max(0, neurons - 2);
    return new OptimalSetResult(
        polished(neurons),
        AnalysisSettings.Columns.ALL,
        new OptimalSetSummary(
            dimensions[0],
            dimensions[1],
            dimensions[2],
            true,
            true,
            unique,
            new OptimalSetSummary.Decision(
                reason,
                unique == State.NOT_UNIQUE,
                neurons,
                width,
                0.0123,
                3e-16,
                1e-9,
                true,
                0,
                0,
                0,
                0.995,
                4e-13,
                null),
            neurons,
            0,
            neurons,
            0,
            neurons,
            neurons,
            width,
            1),
        width,
        new SmallestWidth(width, provenSmallest, SmallestNetwork.Proof.BOUND),
        List.of(),
        true,
        List.of(),
        null,
        null,
        null,
        ranges,
        ratios,
        Map.of(),
        picture,
        null,
        null,
        0);
  }

  /** A result with predictions on held-out rows. */
  static OptimalSetResult predicting(OptimalSetResult of, PredictionRanges ranges) {
    return new OptimalSetResult(
        of.polished(),
        of.columns(),
        of.figures(),
        of.smallestWidth(),
        of.least(),
        of.vertices(),
        of.verticesComplete(),
        of.samples(),
        PredictionRanges.widest(ranges),
        null,
        of.sensitivity(),
        of.extremes(),
        of.ratios(),
        of.candidates(),
        of.picture(),
        ranges,
        null,
        of.seconds());
  }

  /** A solution at lambda 0.125 of objective 17.25. */
  public static PolishedSolution polished(int blocks) {
    return polished(0.125, 17.25, blocks);
  }

  /** A solution of so many blocks. */
  public static PolishedSolution polished(double lambda, double objective, int blocks) {
    return new PolishedSolution(
        0, lambda, 0.1, objective, objective, 0, Status.OPTIMAL, solution(blocks));
  }

  /** A solution of so many blocks, without a proof. */
  public static Solution solution(int blocks) {
    List<Block> all = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      all.add(new Block(b, b, 1, new long[0]));
    }
    double[] ones = new double[blocks];
    Arrays.fill(ones, 1);
    return new Solution(
        new BlockWeights(all, 1, ones),
        new Certificate(1, 0, 0, 0, 0, 0, 0, 1, 0, 0),
        Status.OPTIMAL,
        0,
        0,
        0);
  }

  private static CandidateRow candidate(String name, int neurons, double valid) {
    return new CandidateRow(
        name,
        neurons,
        17.25 * (1 + 1e-13),
        2.5 + valid,
        new NetworkMetrics(new Metrics(0.04, 0.995), new Metrics(valid, 1 - valid / 2), null));
  }

  /** Prunings of a network by five methods, each without and with a correction. */
  public static PruningPage pruning(int width, int minimal, boolean accuracy) {
    List<PruningRow> rows = new ArrayList<>();
    List<String> methods = List.of("magnitude", "gradient", "activation", "residual", "random");
    for (String correction : List.of("none", "objective")) {
      for (int m = 0; m < methods.size(); m++) {
        for (int k = width; k >= 0; k--) {
          rows.add(point(List.of(methods.get(m), correction), k, width, minimal, m, accuracy));
        }
      }
    }
    return new PruningPage(
        "sonar",
        PathSamples.figures(),
        Model.RELU,
        List.of(pruned(polished(width), minimal, 3e-15, SmallestNetwork.Proof.BOUND, rows)),
        0);
  }

  /** A pruning to so many neurons. */
  public static PruningResult pruned(
      PolishedSolution polished,
      int minimal,
      double change,
      SmallestNetwork.Proof proof,
      List<PruningRow> rows) {
    boolean proven = proof != SmallestNetwork.Proof.SEARCH;
    return new PruningResult(
        polished,
        solution(minimal),
        polished.objective(),
        change,
        minimal,
        new SmallestWidth(minimal, proven, proof),
        true,
        0,
        rows,
        0);
  }

  private static PruningRow point(
      List<String> line, int k, int width, int minimal, int method, boolean accuracy) {
    boolean none = line.get(1).equals("none");
    int bar = none ? width : method == 3 ? minimal : (width + minimal) / 2;
    double lost = k >= bar ? 0 : (double) (bar - k) / Math.max(1, bar);
    double steep = method == 4 ? 1 : 2 + method;
    double objective = 17.25 * (1 + (none ? 6 : 4) * Math.pow(lost, steep));
    double error = 0.2 + lost * lost;
    return new PruningRow(
        line.get(0),
        line.get(1),
        k,
        objective,
        error,
        accuracy ? (Double) (1 - lost / 2) : null,
        1.2 * error,
        accuracy ? (Double) (0.9 - lost / 3) : null,
        null,
        null,
        lost == 0);
  }

  /** Gated networks of any width, with biases. */
  public static final NetworkClass NETWORKS = new NetworkClass(Model.GATED, true, "raw");

  /** An audit of a network with the given number of neurons, the second of them zero. */
  public static AuditReport audit(boolean critical, int neurons) {
    List<AuditedNeuron> all = new ArrayList<>();
    for (int j = 0; j < neurons; j++) {
      boolean zero = j == 1;
      double residual = critical ? 1e-10 / (j + 1) : j == 0 ? 0.02 : 1e-12;
      all.add(
          new AuditedNeuron(
              j,
              zero ? NeuronAudit.Kind.ZERO : NeuronAudit.Kind.ACTIVE,
              j % 4,
              zero ? Double.NaN : residual,
              "clarke",
              zero ? Double.NaN : critical ? 0 : residual / 2,
              zero ? 0 : 1.0 / (j + 1)));
    }
    double worst = neurons == 0 ? 0 : critical ? 1e-10 : 0.02;
    return audit(
        critical ? Criticality.CRITICAL : Criticality.NOT_CRITICAL,
        critical,
        worst,
        new double[] {18.5, 18.4, 17.9, 15.1},
        LowerBound.Source.NORM,
        critical ? null : new AuditReport.Better(Improvement.Source.NEIGHBOUR, 17.4, 7, null),
        all);
  }

  /**
   * An audit.
   *
   * @param values objective, that of the balanced network and of the sub-sampled program, and the
   *     lower bound
   */
  public static AuditReport audit(
      Criticality critical,
      boolean balanced,
      double residual,
      double[] values,
      LowerBound.Source source,
      AuditReport.Better better,
      List<AuditedNeuron> neurons) {
    boolean stationary = critical == Criticality.CRITICAL;
    return new AuditReport(
        Model.RELU,
        10,
        2,
        neurons.size(),
        LossScaling.SUM,
        0.125,
        critical,
        balanced ? Criticality.CRITICAL : Criticality.NOT_CRITICAL,
        residual,
        "clarke",
        stationary ? 0 : residual / 2,
        true,
        stationary,
        List.of(),
        List.of(),
        values[0],
        1,
        values[1],
        values[1],
        values[2],
        1,
        7,
        7,
        true,
        List.of(),
        17.2,
        17.3,
        64,
        values[3],
        source,
        NETWORKS,
        0,
        better,
        stationary
            ? null
            : new AuditReport.Neighbour(
                0, AuditReport.Of.AUDITED_NETWORK, new int[] {17}, 1, 17.4, 0.5),
        null,
        null,
        neurons,
        List.of(),
        Map.of(),
        Map.of());
  }
}
