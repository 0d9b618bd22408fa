package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.Model;
import org.relupath.core.program.search.LowerBound;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.rows.RowSolution;
import org.relupath.spark.config.LambdaRule;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.Part;
import org.relupath.spark.data.RowData;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.engine.EngineChoice;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.choice.HeldOut;
import org.relupath.spark.train.choice.LambdaChoice;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.FittedNetwork;
import org.relupath.spark.train.program.NetworkExporter;
import org.relupath.spark.train.program.ProgramSummary;
import org.relupath.spark.train.program.SolvedPath;

/** Rows in blocks on executors: passes over them certify what the driver solves. */
final class RowTraining implements Training {
  private final JavaSparkContext spark;
  private final RowData data;
  private final RowProgram program;
  private final RunSettings settings;
  private final double[] lambdas;
  private final SettingNames names;
  private final ProgressListener listener;
  private RowExporter exporter;

  private RowTraining(
      JavaSparkContext spark,
      RowData data,
      RowProgram program,
      RunSettings settings,
      double[] lambdas,
      SettingNames names,
      ProgressListener listener) {
    this.spark = spark;
    this.data = data;
    this.program = program;
    this.settings = settings;
    this.lambdas = lambdas;
    this.names = names;
    this.listener = listener;
  }

  static RowTraining open(
      SparkSession session,
      RowData data,
      RunSettings settings,
      Plan plan,
      SettingNames names,
      ProgressListener listener) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    RowProgram program =
        settings.model().model() == Model.GATED
            ? GatedRowProgram.prepare(spark, data, settings, listener)
            : ReluRowProgram.prepare(spark, data, settings, listener);
    try {
      double[] lambdas = plan.lambdas(program.summary(), settings.lambda());
      listener.ended("prepare");
      return new RowTraining(spark, data, program, settings, lambdas, names, listener);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  @Override
  public TrainedPath solve() {
    return names.in(this::solved);
  }

  private TrainedPath solved() {
    List<RowSolution> found = program.solve(lambdas, listener);
    listener.ended("solve");
    listener.step("measuring");
    exporter = new RowExporter(spark, data, program, found, settings.model());
    List<SearchEvidence> evidence = program.searched();
    SearchResult search =
        evidence.isEmpty()
            ? null
            : new SearchResult(
                evidence,
                "isotropic",
                program.searchRank(),
                program.summary().distinctPatterns() >= settings.model().gates());
    List<TrainedNetwork> networks = networks(found, search);
    LambdaSelection selection = selection(networks);
    TrainedNetwork best = networks.get(selection.index());
    networks.set(selection.index(), best.tested(exporter.measure(Part.TEST, best.network())));
    listener.ended("measure");
    SolvedPath solved =
        SolvedPath.ofGrid(
            networks.stream().map(TrainedNetwork::point).toList(), settings.solver().tolerance());
    return new TrainedPath(networks, selection, solved, program.criterion(), search, null);
  }

  private LambdaSelection selection(List<TrainedNetwork> networks) {
    if (data.valid() == null) {
      return LambdaSelection.last(
          networks.stream().mapToDouble(one -> one.train().mse()).toArray());
    }
    double[] errors = networks.stream().mapToDouble(one -> one.valid().mse()).toArray();
    HeldOut held = new HeldOut(HeldOut.VALID, errors, List.of());
    return LambdaChoice.of(LambdaRule.MSE, List.of(held)).get(0);
  }

  private List<TrainedNetwork> networks(List<RowSolution> found, SearchResult search) {
    List<FittedNetwork> fitted = exporter.fitted();
    List<Network> all = fitted.stream().map(FittedNetwork::network).toList();
    List<Metrics> valid = exporter.measure(Part.VALID, all);
    List<TrainedNetwork> networks = new ArrayList<>();
    for (int k = 0; k < lambdas.length; k++) {
      RowSolution own = found.get(k);
      networks.add(
          TrainedNetwork.of(
              exporter,
              new PathPoint(k, lambdas[k], own.solution(), true),
              fitted.get(k),
              own.solution().status(),
              new LowerBound(own.lowerBound(), LowerBound.Source.NORM),
              valid.get(k),
              null,
              search == null ? null : search.evidence().get(k)));
    }
    return networks;
  }

  @Override
  public ProgramSummary program() {
    return program.summary();
  }

  @Override
  public NetworkExporter exporter() {
    if (exporter == null) {
      throw new IllegalStateException("nothing is solved yet");
    }
    return exporter;
  }

  @Override
  public EngineChoice engine() {
    return new EngineChoice(Engine.ROWS, "as asked for");
  }

  @Override
  public OptionalInt passes() {
    return OptionalInt.of(program.passes());
  }

  @Override
  public double passSeconds() {
    return program.rows().passSeconds();
  }

  @Override
  public void close() {
    program.close();
  }
}
