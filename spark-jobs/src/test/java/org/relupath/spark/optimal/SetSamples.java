package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.optimalset.Membership;
import org.relupath.core.program.Model;
import org.relupath.spark.audit.AuditBounds;
import org.relupath.spark.audit.AuditReport;
import org.relupath.spark.audit.AuditedNeuron;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.NetworkMetrics;
import org.relupath.spark.optimal.OptimalSetReport.Unique;
import org.relupath.spark.prune.PruningLine;
import org.relupath.spark.prune.PruningReport;
import org.relupath.spark.prune.PruningRow;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.result.page.PathSamples;
import org.relupath.spark.train.NetworkClass;

/** Made-up reports of optimal sets, prunings and audits with the shapes that real ones have. */
public final class SetSamples {
  private SetSamples() {}

  /** An optimal set of the given number of neurons; all of one size where unique. */
  static OptimalSetReport optimalSet(Unique unique, int neurons, int blocks) {
    List<NeuronRange> ranges = new ArrayList<>();
    for (int j = 0; j < neurons; j++) {
      double most = 3.0 / (j + 1);
      double least = unique == Unique.YES ? most : j % 3 == 0 ? 0.4 * most : 0;
      double some = 0.5 * (least + most);
      ranges.add(
          new NeuronRange(
              List.of(j),
              j % 2 == 0 ? 1 : -1,
              new double[] {1, 0},
              some,
              least,
              most,
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
    return new OptimalSetReport(
        "sonar",
        PathSamples.figures(),
        Model.RELU,
        0.125,
        17.25,
        unique,
        unique == Unique.NO,
        unique == Unique.YES
            ? "the fits of all candidates are independent"
            : "two different networks are optimal",
        List.of(
            KeyFigure.of("candidates", neurons),
            KeyFigure.of("rank of their fits", Math.max(0, neurons - 2)),
            KeyFigure.of("smallest singular value kept", 0.0123),
            KeyFigure.of("largest singular value dropped", 3e-16),
            KeyFigure.of("relative gap", 4e-13),
            KeyFigure.of("next ratio ‖v_b‖ / λ", 0.995)),
        5,
        2,
        1,
        neurons,
        Math.max(0, neurons - 2),
        true,
        ranges,
        levels,
        neurons == 0
            ? List.of()
            : List.of(
                candidate("solver", neurons, 0.31),
                candidate("min_l2", neurons, 0.30),
                candidate("min_linf", neurons, 0.29),
                candidate("max_smallest", neurons, 0.305),
                candidate("valid_mse", neurons - 1, 0.21)));
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
  public static PruningReport pruning(int width, int minimal, boolean accuracy) {
    List<PruningLine> lines = new ArrayList<>();
    List<String> methods = List.of("magnitude", "gradient", "activation", "residual", "random");
    for (String correction : List.of("none", "objective")) {
      for (int m = 0; m < methods.size(); m++) {
        List<PruningRow> points = new ArrayList<>();
        for (int k = width; k >= 0; k--) {
          points.add(point(List.of(methods.get(m), correction), k, width, minimal, m, accuracy));
        }
        lines.add(new PruningLine(methods.get(m), correction, points));
      }
    }
    return new PruningReport(
        "sonar",
        PathSamples.figures(),
        Model.RELU,
        0.125,
        17.25,
        width,
        minimal,
        3e-15,
        true,
        "a linear program bounds the width from below",
        lines);
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
        lost == 0,
        new NetworkMetrics(
            new Metrics(error, accuracy ? (Double) (1 - lost / 2) : null),
            new Metrics(1.2 * error, accuracy ? (Double) (0.9 - lost / 3) : null),
            null));
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
              zero ? "zero" : "active",
              zero ? 0 : 1.0 / (j + 1),
              j % 4,
              zero ? null : residual,
              zero ? null : critical ? 0 : residual / 2));
    }
    double worst = neurons == 0 ? 0 : critical ? 1e-10 : 0.02;
    return new AuditReport(
        "network.json",
        PathSamples.figures(),
        Model.RELU,
        0.125,
        1.25e-7,
        critical,
        critical,
        worst,
        critical ? 0 : worst / 2,
        critical,
        critical ? null : "Moving row 17 to the other side of neuron 0 descends at rate 0.01.",
        new AuditBounds(
            18.5,
            18.4,
            17.9,
            critical ? null : 17.4,
            "neighbour",
            17.2,
            64,
            15.1,
            "norm",
            NETWORKS),
        1,
        7,
        all);
  }
}
