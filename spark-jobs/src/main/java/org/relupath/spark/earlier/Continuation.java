package org.relupath.spark.earlier;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.network.Network;
import org.relupath.core.path.NearbySolutions;
import org.relupath.spark.analysis.AnalysisTask;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.durable.ResultFolder;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Session;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramFactory;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.StoredSolution;

/**
 * An earlier run made ready to go on from: its rows and its program again, and those of its
 * solutions that are asked for.
 */
public final class Continuation implements AutoCloseable {
  private final JobContext context;
  private final RunFolder run;
  private final Workspace workspace;
  private final ProgramSolver solver;
  private final List<StoredSolution> solutions;

  private Continuation(
      JobContext context,
      RunFolder run,
      Workspace workspace,
      ProgramSolver solver,
      List<StoredSolution> solutions) {
    this.context = context;
    this.run = run;
    this.workspace = workspace;
    this.solver = solver;
    this.solutions = solutions;
  }

  /**
   * Reads the folder of --run, its rows, and builds its program. Rows that take the place of the
   * run's own are read in its columns, each as what the run took it for; their levels are their
   * own, as all that is fitted to them.
   */
  public static Continuation open(JobContext given) {
    return open(given, Workspace::open);
  }

  /**
   * Goes on in an output folder that is there already.
   *
   * @param into where files go
   * @param session Spark, which goes on after this
   */
  public static Continuation open(JobContext given, ResultFolder into, Session session) {
    return open(given, (context, like) -> Workspace.open(context, like, into, session));
  }

  private static Continuation open(
      JobContext given, BiFunction<JobContext, Network, Workspace> opening) {
    refuseBoth(given.settings());
    RunFolder run = RunFolder.open(given);
    JobContext context = given.over(run.base(given.configuration()));
    boolean same = !context.configuration().isExplicit("input");
    Workspace workspace = opening.apply(context, same ? null : network(given));
    ProgramSolver solver = null;
    try {
      run.requireSame(workspace.data(), context.configuration());
      SparkSession spark = workspace.spark();
      ModelSettings model = context.settings().model();
      int d = Program.preprocessing(model, workspace.data().train()).dimension();
      solver =
          new ProgramFactory(spark, context.settings().solver(), 1, context.progress())
              .of(workspace.data().train(), model, run.gates(spark, d));
      Program program = solver.program();
      program.requireAnalysisFits();
      List<StoredSolution> all = run.solutions(spark, program, same);
      return new Continuation(
          context, run, workspace, solver, asked(context.settings(), program, all));
    } catch (Throwable e) {
      if (solver != null) {
        solver.close();
      }
      workspace.close();
      throw e;
    }
  }

  private static Network network(JobContext given) {
    return NetworkSource.read(given).network();
  }

  static void refuseBoth(RunSettings settings) {
    if (settings.lambda().lambda().isPresent() && settings.analysis().lambdaIndex() != null) {
      throw new BadInputException("--lambda and --lambda-index: both given, expected one");
    }
  }

  private static List<StoredSolution> asked(
      RunSettings settings, Program program, List<StoredSolution> all) {
    OptionalDouble lambda = settings.lambda().lambda();
    if (lambda.isPresent()) {
      double wanted = lambda.getAsDouble() * program.lossScale();
      return List.of(at(wanted, all));
    }
    Integer index = settings.analysis().lambdaIndex();
    if (index == null) {
      return all;
    }
    return List.of(
        all.stream()
            .filter(s -> s.index() == index)
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--lambda-index: '"
                            + index
                            + "', expected a whole number from 0 to "
                            + (all.size() - 1))));
  }

  /** A lambda of its own, with the weights interpolated between its neighbours to start from. */
  private static StoredSolution at(double wanted, List<StoredSolution> all) {
    StoredSolution nearest =
        all.stream()
            .min(Comparator.comparingDouble(s -> Math.abs(Math.log(s.lambda() / wanted))))
            .orElseThrow();
    NearbySolutions near =
        new NearbySolutions(
            all.stream().mapToDouble(StoredSolution::lambda).toArray(),
            all.stream().map(StoredSolution::weights).toList());
    return new StoredSolution(nearest.index(), wanted, near.at(wanted));
  }

  /** The context, with the run's settings under those of this command. */
  JobContext context() {
    return context;
  }

  /** The run's settings under those of this command. */
  public RunSettings settings() {
    return context.settings();
  }

  /** The output folder in the making, and the session. */
  public Workspace workspace() {
    return workspace;
  }

  /** The rows of the run, or those that were named in their place. */
  public TrainingData data() {
    return workspace.data();
  }

  /** The run's program over these rows. */
  public Program program() {
    return solver.program();
  }

  /** What an analysis of its solutions needs, on an executor. */
  public AnalysisTask task() {
    return AnalysisTask.of(solver);
  }

  /** What is to be looked at, largest lambda first; never empty. */
  public List<StoredSolution> solutions() {
    return solutions;
  }

  /**
   * Which of {@link #solutions} the folder's own files are about: the run's choice, or the only.
   */
  public int main() {
    int chosen = run.chosen();
    for (int i = 0; i < solutions.size(); i++) {
      if (solutions.get(i).index() == chosen) {
        return i;
      }
    }
    return 0;
  }

  /** Does something for every solution, a task a lambda, on the executors. */
  public <T, R> List<R> eachLambda(String what, T shared, Function2<T, StoredSolution, R> work) {
    return solver.tasks().map(what, shared, solutions, work);
  }

  @Override
  public void close() {
    solver.close();
    workspace.close();
  }
}
