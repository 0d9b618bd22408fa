package org.relupath.spark.jobs;

import java.util.List;
import org.relupath.spark.config.Keys;

/** The commands there are. */
final class Commands {
  private Commands() {}

  static List<Command> all() {
    return List.of(
        demo(), fit(), path(), study(), optimalSet(), prune(), audit(), predict(), generate());
  }

  private static Command demo() {
    return new Command(
        "demo",
        "Solves a whole path on bundled data and leaves it in ./relupath-demo.",
        Keys.join(
            List.of("valid-fraction"),
            Keys.MODEL,
            List.of("lambdas", "lambda-min-ratio", "analyze"),
            Keys.SOLVER,
            List.of("output")),
        List.of(),
        "demo.conf",
        new PathJob("org/relupath/demo/breast-cancer-wisc-diag.csv"));
  }

  private static Command path() {
    return new Command(
        "path",
        "Solves a path of lambdas, every one with a proof, and chooses the best network.",
        Keys.join(Keys.DATA, Keys.MODEL, Keys.PATH, List.of("analyze"), Keys.SOLVER, Keys.OUTPUT),
        List.of("input", "output"),
        new PathJob());
  }

  private static Command study() {
    return new Command(
        "study",
        "Solves the paths of many data sets, folds, gate seeds and models, from one --config file.",
        Keys.studyOptions(),
        List.of("output"),
        "study-defaults.conf",
        new StudyJob());
  }

  private static Command optimalSet() {
    return new Command(
        "optimal-set",
        "Tells all optimal networks of an earlier fit or path: how many, which, and the best of"
            + " them.",
        Keys.join(
            List.of("run", "lambda", "lambda-index", "columns", "vertices", "samples"),
            Keys.ROWS,
            Keys.LIMITS,
            Keys.OUTPUT),
        List.of("run", "output"),
        new OptimalSetJob());
  }

  private static Command prune() {
    return new Command(
        "prune",
        "Prunes the network of an earlier fit or path: exactly to a minimal one, then further.",
        Keys.join(
            List.of("run", "lambda", "lambda-index", "vertices"),
            Keys.ROWS,
            Keys.LIMITS,
            Keys.OUTPUT),
        List.of("run", "output"),
        new PruneJob());
  }

  private static Command audit() {
    return new Command(
        "audit",
        "Tells how far from optimal a network is, trained here or elsewhere, and finds a better"
            + " one.",
        Keys.join(
            List.of("network", "run", "input", "format", "label"),
            List.of("lambda", "lambda-ratio", "loss-scaling"),
            List.of("gates", "gate-source", "search-starts", "search-tolerance"),
            List.of("seed", "enumeration-limit", "tolerance"),
            Keys.LIMITS,
            Keys.OUTPUT),
        List.of("input", "output"),
        new AuditJob());
  }

  private static Command predict() {
    return new Command(
        "predict",
        "Scores rows with a network; picks its inputs by name and needs no label.",
        Keys.join(
            List.of("network", "run", "lambda", "input", "format", "prediction-format"),
            Keys.OUTPUT),
        List.of("input", "output"),
        new PredictJob());
  }

  private static Command generate() {
    return new Command(
        "generate",
        "Writes synthetic rows with a known ReLU network behind them.",
        Keys.join(
            List.of("rows", "feature-count", "teacher-neurons", "noise", "seed"),
            List.of("format", "label"),
            Keys.OUTPUT),
        List.of("output"),
        new GenerateJob());
  }

  private static Command fit() {
    return new Command(
        "fit",
        "Finds a globally optimal network for one lambda, with a proof.",
        Keys.join(
            Keys.DATA,
            Keys.MODEL,
            Keys.FIT,
            List.of("analyze", "solver"),
            Keys.SOLVER,
            Keys.OUTPUT),
        List.of("input", "output"),
        new FitJob());
  }
}
