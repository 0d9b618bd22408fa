package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.relupath.spark.config.LambdaRule;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.engine.SideBySide;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.train.choice.HeldOut;
import org.relupath.spark.train.choice.LambdaChoice;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.ProgramFactory;
import org.relupath.spark.train.program.ProgramSolver;

/**
 * The trainings of several outputs of the same rows. With the squared loss, and neurons of one
 * output each, the program of all outputs together is a sum of one program an output, and the
 * optimum of the sum is made of theirs: each is the training of its output alone, at lambdas that
 * all of them share. They are solved side by side, with one X and one set of patterns where these
 * do not depend on labels.
 */
public final class OutputTrainings implements AutoCloseable {
  private final int sideBySide;
  private final List<OutputTask> tasks;
  private final List<MemoryTraining> trainings;
  private final LambdaRule rule;
  private final double lambdaMax;

  private OutputTrainings(
      int sideBySide,
      List<OutputTask> tasks,
      List<MemoryTraining> trainings,
      LambdaRule rule,
      double lambdaMax) {
    this.sideBySide = sideBySide;
    this.tasks = tasks;
    this.trainings = trainings;
    this.rule = rule;
    this.lambdaMax = lambdaMax;
  }

  /**
   * Prepares the programs of all outputs.
   *
   * @param settings of the job
   * @throws org.relupath.spark.io.BadInputException where rows and settings do not fit
   */
  public static OutputTrainings open(
      SparkSession session, List<OutputTask> tasks, RunSettings settings, Training.Plan plan) {
    LambdaRule rule = settings.lambda().rule();
    boolean alone = settings.lambda().certify().isPresent();
    if (alone && rule == LambdaRule.ACCURACY) {
      throw new BadInputException(
          "--choose: 'accuracy', expected best, mse or each with --certify, which gives every output"
              + " its own lambdas");
    }
    int lambdas = plan.sideBySide(settings.lambda());
    List<ProgramSolver> solvers = new ArrayList<>();
    int sideBySide = 0;
    try {
      for (OutputTask task : tasks) {
        task.progress().begin();
        ProgramFactory factory =
            new ProgramFactory(session, settings.solver(), lambdas, task.progress())
                .from(task.warm());
        solvers.add(
            solvers.isEmpty()
                ? factory.first(task.rows().train(), settings.model())
                : factory.first(solvers.get(0).program(), task.rows().train()));
        task.progress().ended("prepare");
        if (sideBySide == 0) {
          sideBySide = OutputsAtOnce.of(solvers.get(0), tasks.size(), task.progress());
        }
      }
      double largest = ProgramSolver.largestLambda(solvers);
      IntFunction<Callable<MemoryTraining>> prepared =
          k -> {
            OutputTask task = tasks.get(k);
            RunSettings own = task.settings().apply(largest);
            return () -> {
              task.progress().begin();
              ProgramSolver first = solvers.get(k);
              double[] wanted = plan.lambdas(first.program().summary(), own.lambda());
              ProgramSolver solver = first.factory().at(first, wanted);
              solvers.set(k, solver);
              return MemoryTraining.of(
                  solver, task.rows(), own, plan, SettingNames.OPTIONS, task.progress());
            };
          };
      List<MemoryTraining> trainings = SideBySide.all(each(tasks.size(), prepared), sideBySide);
      return new OutputTrainings(
          sideBySide, tasks, trainings, alone ? LambdaRule.EACH : rule, largest);
    } catch (RuntimeException | Error e) {
      solvers.forEach(ProgramSolver::close);
      throw e;
    }
  }

  private static <T> List<Callable<T>> each(int count, IntFunction<Callable<T>> work) {
    return IntStream.range(0, count).mapToObj(work).toList();
  }

  /** The largest lambda_max of the outputs, in the units of the loss scaling. */
  public double lambdaMax() {
    return lambdaMax;
  }

  /** Solves all outputs and chooses a lambda for them, or one for each as the rule has it. */
  public List<TrainedPath> solve() {
    List<SolvedNetworks> solved =
        SideBySide.all(each(tasks.size(), k -> () -> solved(k)), sideBySide);
    List<LambdaSelection> choices = choices(solved);
    return SideBySide.all(
        each(
            tasks.size(),
            k ->
                () -> {
                  tasks.get(k).progress().begin();
                  return trainings.get(k).chosen(solved.get(k), choices.get(k));
                }),
        sideBySide);
  }

  private SolvedNetworks solved(int k) {
    tasks.get(k).progress().begin();
    return trainings.get(k).solved();
  }

  private List<LambdaSelection> choices(List<SolvedNetworks> solved) {
    if (trainings.get(0).plan() == Training.Plan.FIT) {
      return solved.stream().map(MemoryTraining::only).toList();
    }
    boolean joint = rule == LambdaRule.ACCURACY;
    List<HeldOut> held =
        SideBySide.all(
            each(
                tasks.size(),
                k ->
                    () -> {
                      tasks.get(k).progress().begin();
                      HeldOut own = trainings.get(k).heldOut(solved.get(k), joint);
                      tasks.get(k).progress().ended("choose");
                      return own;
                    }),
            sideBySide);
    return LambdaChoice.of(rule, held);
  }

  /** The training of an output, once solved. */
  public Training training(int k) {
    return trainings.get(k);
  }

  @Override
  public void close() {
    trainings.forEach(MemoryTraining::close);
  }
}
