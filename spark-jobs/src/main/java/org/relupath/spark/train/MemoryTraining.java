package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Coordinates;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.GenerationSeconds;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.data.Part;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.engine.EngineChoice;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.DecomposedNetwork;
import org.relupath.spark.train.program.LastSearch;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.NetworkExporter;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.ProgramFactory;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.ProgramSummary;
import org.relupath.spark.train.program.SolvedPath;

/** Rows in the driver's memory; executors price blocks or solve segments, as the engine has it. */
final class MemoryTraining implements Training {
  /** The patterns change where last searches ask for more. */
  private ProgramSolver solver;

  private ProgramExporter exporter;
  private final TrainingData data;
  private final RunSettings settings;
  private final Plan plan;
  private final SettingNames names;
  private final ProgressListener listener;

  /** With what the solves and searches so far say to be aware of. */
  private ProgramSummary program;

  private MemoryTraining(
      ProgramSolver solver,
      TrainingData data,
      RunSettings settings,
      Plan plan,
      SettingNames names,
      ProgressListener listener) {
    this.data = data;
    this.settings = settings;
    this.plan = plan;
    this.names = names;
    this.listener = listener;
    use(solver);
  }

  private void use(ProgramSolver over) {
    solver = over;
    program = over.program().summary();
    exporter = new ProgramExporter(over.program(), data);
  }

  static MemoryTraining open(
      SparkSession session,
      TrainingData data,
      RunSettings settings,
      Plan plan,
      SettingNames names,
      ProgressListener listener) {
    names.in(
        () -> {
          ScoreCalibration.require(data, settings);
          return null;
        });
    int lambdas = plan.sideBySide(settings.lambda());
    ProgramSolver solver =
        new ProgramFactory(session, settings.solver(), lambdas, listener)
            .of(
                data.train(),
                settings.model(),
                program -> plan.lambdas(program, settings.lambda()));
    try {
      if (settings.analysis().analyze()) {
        solver.program().requireAnalysisFits();
      }
      MemoryTraining training = new MemoryTraining(solver, data, settings, plan, names, listener);
      listener.ended("prepare");
      return training;
    } catch (RuntimeException e) {
      solver.close();
      throw e;
    }
  }

  @Override
  public TrainedPath solve() {
    return names.in(() -> plan == Plan.FIT ? fit() : path());
  }

  private TrainedPath fit() {
    boolean decomposes = settings.solver().method() == SolverSettings.Method.CONE_DECOMPOSITION;
    DecomposedNetwork decomposed = decomposes ? solver.decompose() : null;
    double tolerance = settings.solver().tolerance();
    Searched searched =
        searched(() -> one(decomposes ? decomposed.made().solution() : solver.fit()), !decomposes);
    SolvedPath solved = searched.path;
    List<TrainedNetwork> networks = networks(searched);
    listener.ended("measure");
    double mse = networks.get(0).train().mse();
    LambdaSelection only = heldOut(new LambdaSelection(0, "the only lambda", mse, false), networks);
    return new TrainedPath(
        finished(networks, only),
        only,
        solved,
        "relativeGap at most " + tolerance + settings.model().over(),
        searched.search,
        decomposed);
  }

  private SolvedPath one(Solution solution) {
    PathPoint point = new PathPoint(0, solver.lambdas()[0], solution, true);
    return SolvedPath.ofGrid(List.of(point), settings.solver().tolerance());
  }

  private TrainedPath path() {
    Searched searched = searched(() -> solver.path(settings.lambda()), true);
    SolvedPath solved = searched.path;
    List<TrainedNetwork> networks = networks(searched);
    listener.ended("measure");
    LambdaSelection selection = heldOut(LambdaSelection.of(solver, settings, networks), networks);
    listener.ended("choose");
    String criterion = solved.criterion() + settings.model().over();
    return new TrainedPath(
        finished(networks, selection), selection, solved, criterion, searched.search, null);
  }

  @Override
  public Optional<GenerationSeconds> gathering() {
    return solver.program().adapts()
        ? Optional.of(solver.program().gathered().seconds())
        : Optional.empty();
  }

  /**
   * Solutions, with what last searches of all patterns have found at them.
   *
   * @param search null unless gates are adaptive
   */
  private record Searched(SolvedPath path, SearchResult search) {}

  /** Solves; and again over more patterns while last searches find that some are missing. */
  private Searched searched(Supplier<SolvedPath> solve, boolean searches) {
    for (int round = 0; ; round++) {
      SolvedPath solved = solve.get();
      listener.ended("solve");
      if (!searches || !solver.program().adapts()) {
        return new Searched(solved, null);
      }
      List<LastSearch.Found> found = solver.searchPatterns(solved.points(), round);
      listener.ended("search");
      if (!LastSearch.asksForMore(solver.program(), solved.points(), found, round)) {
        return new Searched(solved, result(LastSearch.Found.evidence(found)));
      }
      use(solver.further(solved.points(), found));
      listener.ended("prepare");
    }
  }

  private SearchResult result(List<SearchEvidence> evidence) {
    SearchResult.open(
            SearchResult.gaps(evidence), settings.model().gateSource().search().tolerance())
        .ifPresent(
            warning -> {
              listener.warn(warning);
              program = program.with(warning);
            });
    Coordinates coordinates = solver.program().convex().problem().coordinates();
    return new SearchResult(
        evidence,
        coordinates.label(),
        coordinates.rank(),
        solver.program().gathered().limitReached());
  }

  private List<TrainedNetwork> networks(Searched searched) {
    SolvedPath solved = searched.path;
    SearchResult search = searched.search;
    LowerBounds bounds = new LowerBounds(solver.program());
    List<TrainedNetwork> networks = new ArrayList<>();
    for (int k = 0; k < solved.points().size(); k++) {
      SearchEvidence evidence = search == null ? null : search.evidence().get(k);
      networks.add(
          TrainedNetwork.of(exporter, solved.points().get(k), solved.status(k), bounds, evidence));
    }
    return networks;
  }

  /** A choice with the scores that a calibration is made of, where one is asked for. */
  private LambdaSelection heldOut(LambdaSelection chosen, List<TrainedNetwork> networks) {
    if (!settings.scores().needHeldOut() || chosen.heldOut() != null) {
      return chosen;
    }
    TrainedNetwork network = networks.get(chosen.index());
    Scores scores =
        network.valid() == null
            ? LambdaSelection.crossValidated(solver, settings, solver.lambdas()).heldOut()
            : exporter.scores(Part.VALID, network.network());
    listener.ended("calibrate");
    return chosen.with(scores);
  }

  /** The chosen network measured on test rows, and something made of its scores if asked for. */
  private List<TrainedNetwork> finished(List<TrainedNetwork> networks, LambdaSelection selection) {
    TrainedNetwork chosen = networks.get(selection.index());
    Network network = chosen.network();
    TrainedNetwork tested = chosen.tested(exporter.measure(Part.TEST, network));
    List<TrainedNetwork> all = new ArrayList<>(networks);
    if (settings.scores().asked()) {
      tested = tested.calibrated(ScoreCalibration.of(selection.heldOut(), settings.scores()));
    }
    all.set(selection.index(), tested);
    return all;
  }

  @Override
  public ProgramSummary program() {
    return program;
  }

  @Override
  public NetworkExporter exporter() {
    return exporter;
  }

  @Override
  public EngineChoice engine() {
    return solver.choice();
  }

  @Override
  public Optional<ProgramSolver> solver() {
    return Optional.of(solver);
  }

  @Override
  public void close() {
    solver.close();
  }
}
