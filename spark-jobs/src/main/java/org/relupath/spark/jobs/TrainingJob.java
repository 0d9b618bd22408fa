package org.relupath.spark.jobs;

import java.io.IOException;
import java.util.List;
import org.relupath.core.solve.Status;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.earlier.WarmStarts;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.Phases;
import org.relupath.spark.run.Progress;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.run.Workspace;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.program.WarmStart;

/** A command that trains: which lambdas it solves, and its files of one output. */
interface TrainingJob extends Job {
  /** Which lambdas it solves. */
  Training.Plan plan();

  /**
   * Writes the files of an output, all but resolved.conf and the manifest.
   *
   * @param workspace of this output
   * @param progress receives how far it is
   * @param phases that have ended so far
   */
  Ending write(
      Workspace workspace,
      Training training,
      TrainedPath trained,
      ProgressListener progress,
      Phases phases)
      throws IOException;

  /**
   * What became of an output.
   *
   * @param outcome one line for the user
   * @param files the files to look at first
   * @param status the worst of its lambdas
   * @param shortfall why that is not what was asked for; null where it is
   * @param warnings what to be aware of, as its summary has it
   */
  record Ending(
      String outcome, List<String> files, Status status, String shortfall, List<String> warnings) {}

  /** Trains on the rows of a workspace: a network, or where labels ask for it one of K outputs. */
  default ExitStatus train(Workspace opened) throws IOException {
    WarmStarts warm = WarmStarts.of(opened);
    Workspace workspace = opened.startedFrom(warm.origin());
    if (workspace.rows() instanceof OutputRows rows) {
      return new SeveralOutputsJob(this, workspace, rows, warm.outputs()).train();
    }
    RunSettings settings = workspace.context().settings();
    Progress progress = workspace.context().progress();
    WarmStart start = warm.outputs().get(0);
    try (Training training =
        Training.open(workspace.spark(), workspace.rows(), settings, plan(), start, progress)) {
      TrainedPath trained = training.solve();
      Ending ending = write(workspace, training, trained, progress, progress.phases());
      workspace.commit(ending.outcome(), ending.files());
      return workspace.context().ended(ending.shortfall());
    }
  }
}
