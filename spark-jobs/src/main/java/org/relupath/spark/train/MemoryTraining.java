package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Coordinates;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.path.PathPoint;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.GenerationSeconds;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.LambdaRule;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.data.Part;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.engine.EngineChoice;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.choice.CrossValidation;
import org.relupath.spark.train.choice.HeldOut;
import org.relupath.spark.train.choice.LambdaChoice;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.choice.ScoreCalibration;
import org.relupath.spark.train.program.DecomposedNetwork;
import org.relupath.spark.train.program.LastSearch;
import org.relupath.spark.train.program.LowerBounds;
import org.relupath.spark.train.program.NetworkExporter;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.ProgramFactory;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.ProgramSummary;
import org.relupath.spark.train.program.SolvedPath;
import org.relupath.spark.train.program.WarmStart;

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
      WarmStart warm,
      SettingNames names,
      ProgressListener listener) {
    names.in(
        () -> {
          ScoreCalibration.require(data, settings, settings.data().label());
          boolean classes =
              settings.model().preprocessing().mapLabels()
                  && Preprocessing.twoValues(data.train().targets()).length == 2;
          LambdaChoice.require(settings.lambda(), classes, settings.data().label());
          CrossValidation.require(data, settings, plan == Plan.PATH);
          return null;
        });
    int lambdas = plan.sideBySide(settings.lambda());
    ProgramSolver solver =
        new ProgramFactory(session, settings.solver(), lambdas, listener)
            .from(warm)
            .of(
                data.train(),
                settings.model(),
                program -> plan.lambdas(program, settings.lambda()));
    return of(solver, data, settings, plan, names, listener);
  }

  /** The training of a program that is ready to be solved; it closes the solver. */
  static MemoryTraining of(
      ProgramSolver solver,
      TrainingData data,
      RunSettings settings,
      Plan plan,
      SettingNames names,
      ProgressListener listener) {
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
    return names.in(
        () -> {
          SolvedNetworks solved = solved();
          LambdaSelection selection =
              plan == Plan.FIT
                  ? only(solved)
                  : LambdaChoice.of(settings.lambda().rule(), List.of(heldOut(solved, false)))
                      .get(0);
          if (plan == Plan.PATH) {
            listener.ended("choose");
          }
          return chosen(solved, selection);
        });
  }

  /** The choice of the one lambda of a fit. */
  static LambdaSelection only(SolvedNetworks solved) {
    double mse = solved.networks().get(0).train().mse();
    return new LambdaSelection(0, "the only lambda", mse, false);
  }

  Plan plan() {
    return plan;
  }

  /**
   * Solves for the lambdas of the plan and makes their networks.
   *
   * @throws BadInputException where rows and settings do not fit
   */
  SolvedNetworks solved() {
    boolean decomposes =
        plan == Plan.FIT && settings.solver().method() == SolverSettings.Method.CONE_DECOMPOSITION;
    DecomposedNetwork decomposed = decomposes ? solver.decompose() : null;
    Supplier<SolvedPath> solve =
        plan == Plan.PATH
            ? () -> solver.path(settings.lambda())
            : () -> one(decomposes ? decomposed.made().solution() : solver.fit());
    SolvedNetworks solved = searched(solve, decomposed);
    listener.ended("measure");
    return solved;
  }

  private SolvedPath one(Solution solution) {
    PathPoint point = new PathPoint(0, solver.lambdas()[0], solution, true);
    return SolvedPath.ofGrid(List.of(point), settings.solver().tolerance());
  }

  /**
   * How the networks do on rows that they were not fitted to: on those held out, or where there are
   * none by cross-validation.
   *
   * @param joint whether scores at every lambda are wanted, to look at several outputs together
   */
  HeldOut heldOut(SolvedNetworks solved, boolean joint) {
    List<TrainedNetwork> networks = solved.networks();
    boolean keep =
        joint || settings.scores().needHeldOut() || settings.lambda().rule() == LambdaRule.ACCURACY;
    if (networks.get(0).valid() == null) {
      double[] lambdas = networks.stream().mapToDouble(one -> one.point().lambda()).toArray();
      return CrossValidation.of(solver, settings, lambdas, keep);
    }
    return new HeldOut(
        HeldOut.VALID,
        networks.stream().mapToDouble(one -> one.valid().mse()).toArray(),
        keep
            ? networks.stream().map(one -> exporter.scores(Part.VALID, one.network())).toList()
            : List.of());
  }

  /** The path with its chosen network measured on test rows, and what is made of its scores. */
  TrainedPath chosen(SolvedNetworks solved, LambdaSelection chosen) {
    LambdaSelection selection = calibrating(chosen, solved);
    List<TrainedNetwork> networks = new ArrayList<>(solved.networks());
    TrainedNetwork best = networks.get(selection.index());
    TrainedNetwork tested = best.tested(exporter.measure(Part.TEST, best.network()));
    if (settings.scores().asked()) {
      tested = tested.calibrated(ScoreCalibration.of(selection.heldOut(), settings.scores()));
    }
    networks.set(selection.index(), tested);
    String criterion =
        plan == Plan.FIT
            ? "relativeGap at most " + settings.solver().tolerance()
            : solved.path().criterion();
    return new TrainedPath(
        networks,
        selection,
        solved.path(),
        criterion + settings.model().over(),
        solved.search(),
        solved.decomposed());
  }

  /** A choice with the scores that a calibration is made of, where one is asked for. */
  private LambdaSelection calibrating(LambdaSelection chosen, SolvedNetworks solved) {
    if (!settings.scores().needHeldOut() || chosen.heldOut() != null) {
      return chosen;
    }
    Scores scores = heldOut(solved, false).scores().get(chosen.index());
    listener.ended("calibrate");
    return chosen.with(scores);
  }

  @Override
  public Optional<GenerationSeconds> gathering() {
    return solver.program().adapts()
        ? Optional.of(solver.program().gathered().seconds())
        : Optional.empty();
  }

  /** Solves; and again over more patterns while last searches find that some are missing. */
  private SolvedNetworks searched(Supplier<SolvedPath> solve, DecomposedNetwork decomposed) {
    for (int round = 0; ; round++) {
      SolvedPath solved = solve.get();
      listener.ended("solve");
      if (decomposed != null || !solver.program().adapts()) {
        return networks(solved, null, decomposed);
      }
      List<LastSearch.Found> found = solver.searchPatterns(solved.points(), round);
      listener.ended("search");
      if (!LastSearch.asksForMore(solver.program(), solved.points(), found, round)) {
        return networks(solved, result(LastSearch.Found.evidence(found)), null);
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

  private SolvedNetworks networks(
      SolvedPath solved, SearchResult search, DecomposedNetwork decomposed) {
    LowerBounds bounds = new LowerBounds(solver.program());
    List<TrainedNetwork> networks = new ArrayList<>();
    for (int k = 0; k < solved.points().size(); k++) {
      SearchEvidence evidence = search == null ? null : search.evidence().get(k);
      networks.add(
          TrainedNetwork.of(exporter, solved.points().get(k), solved.status(k), bounds, evidence));
    }
    return new SolvedNetworks(solved, search, networks, decomposed);
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
