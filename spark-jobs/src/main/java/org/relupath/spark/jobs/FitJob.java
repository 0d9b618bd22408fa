package org.relupath.spark.jobs;

import java.util.List;
import org.relupath.core.program.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;

/** {@code fit}: one lambda, solved and certified. */
final class FitJob implements Job {
  private static final double DEFAULT_RATIO = 0.1;

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    RunSettings settings = context.settings();
    Phases phases = new Phases();
    try (Workspace workspace = Workspace.open(context)) {
      phases.end("read");
      Training training = Training.prepare(workspace.data(), settings.model(), context.hadoop());
      double lambda = training.lambda(settings.lambda(), DEFAULT_RATIO);
      phases.end("prepare");
      context.progress().step("solving lambda " + lambda / training.unit());
      Solution solution =
          new Solver(training.program().problem(), new Pricer(training.program()))
              .solve(lambda, limits(settings.solver()));
      phases.end("solve");
      BlockTable.of(training, solution.weights()).write(workspace.spark(), workspace.output(), "");
      phases.end("write");
      Summary summary = Summary.of(training, settings, solution).put("seconds", phases.seconds());
      workspace.output().write("summary.json", summary.json());
      workspace.commit(List.of("summary.json"));
      return solution.status() == Status.OPTIMAL ? ExitStatus.DONE : ExitStatus.NOT_CONVERGED;
    }
  }

  private static Settings limits(SolverSettings solver) {
    return new Settings(
        solver.tolerance(),
        solver.maxIterations(),
        solver.timeLimitSeconds().orElse(Double.POSITIVE_INFINITY));
  }
}
