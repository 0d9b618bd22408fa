package org.relupath.spark.train.program;

import java.util.OptionalInt;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.network.Folding;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkObjective;
import org.relupath.core.network.NeuronActivity;
import org.relupath.core.network.NeuronForms;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.RayMerging;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.data.BaselineScores;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.Part;
import org.relupath.spark.data.TrainingData;

/** Makes networks on raw features of the solutions of one program whose rows are in memory. */
public final class ProgramExporter implements NetworkExporter {
  /** Relative difference of two objectives that counts as rounding: far below any tolerance. */
  private static final double ONE_OBJECTIVE = 1e-11;

  private final Program program;
  private final TrainingData data;

  /** A gate of each pattern, in its row; made once for all solutions. */
  private final Matrix gates;

  /** Null until they are asked for. */
  private BaselineScores baselines;

  /**
   * An exporter of a program's solutions.
   *
   * @param data the rows of the run
   */
  public ProgramExporter(Program program, TrainingData data) {
    this.program = program;
    this.data = data;
    this.gates = program.patternGates();
  }

  /** An exporter of the solutions of a program of some rows, with no others to measure on. */
  public static ProgramExporter of(Program program) {
    return new ProgramExporter(
        program, new TrainingData(program.rows(), program.rows(), null, null));
  }

  @Override
  public ProgramSummary program() {
    return program.summary();
  }

  @Override
  public ModelSettings model() {
    return program.model();
  }

  /**
   * The network on raw features that a solution is; blocks whose cones share a ray are one neuron,
   * where the objective stays what it is but for rounding.
   *
   * @param lambda of the solution, in the solver's units
   */
  public Network network(BlockWeights weights, double lambda) {
    Neurons own = Neurons.of(weights, program.model().model(), gates);
    Neurons merged = NeuronForms.merged(own, RayMerging.TOLERANCE);
    boolean same = merged.width() == own.width() || sameObjective(own, merged, lambda);
    return Folding.fold(
        same ? merged : own,
        program.preprocessing(),
        program.rows().inputs(),
        program.rows().cells(),
        program.convex().problem().sides());
  }

  private boolean sameObjective(Neurons a, Neurons b, double lambda) {
    Problem problem = program.convex().problem();
    double before = a.objective(problem.design(), problem.y(), lambda);
    double after = b.objective(problem.design(), problem.y(), lambda);
    return Math.abs(after - before) <= ONE_OBJECTIVE * before;
  }

  /** A solution as its network, measured on the raw rows of the program. */
  public FittedNetwork fitted(Solution solution) {
    double lambda = solution.certificate().lambda();
    Network network = network(solution.weights(), lambda);
    ForwardPass pass = ForwardPass.of(network, program.rows().cells());
    return new FittedNetwork(
        network,
        solution,
        NetworkObjective.of(network, pass, program.weighted(), lambda),
        Metrics.of(pass, program.rows(), program.labels()));
  }

  @Override
  public PricedBlocks blocks(Solution solution) {
    return PricedBlocks.of(program, gates, solution);
  }

  @Override
  public Metrics measure(Part part, Network network) {
    return program.measure(network, data.rows(part));
  }

  @Override
  public Scores scores(Part part, Network network) {
    Observations rows = data.rows(part);
    return rows == null ? null : scores(rows, network);
  }

  @Override
  public NeuronActivity activity(Network network) {
    Observations rows = program.rows();
    return NeuronActivity.of(network, rows.cells(), rows.weights());
  }

  /** Targets and predictions of a network on labelled rows. */
  public static Scores scores(Observations rows, Network network) {
    return new Scores(
        network.preprocessing().mapped(rows.targets()),
        network.predict(rows.cells()),
        rows.weights());
  }

  /**
   * How a network does on held-out rows, with the area under the curve of two-valued labels; null
   * where there are no such rows.
   */
  public Held held(Network network) {
    Observations rows = data.valid();
    if (rows == null) {
      return null;
    }
    ForwardPass pass = ForwardPass.of(network, rows.cells());
    Metrics metrics = Metrics.of(pass, rows, program.labels());
    boolean two = network.labels().length == 2;
    double[] targets = network.preprocessing().mapped(rows.targets());
    return new Held(metrics, two ? new Scores(targets, pass.scores(), rows.weights()).auc() : null);
  }

  /** What one pass over held-out rows gives. */
  public record Held(Metrics metrics, Double auc) {}

  @Override
  public BaselineScores baselines() {
    if (baselines == null) {
      baselines = BaselineScores.of(data, program.preprocessing());
    }
    return baselines;
  }

  @Override
  public OptionalInt drawn(Scores training) {
    return OptionalInt.empty();
  }
}
