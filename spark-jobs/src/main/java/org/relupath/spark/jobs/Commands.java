package org.relupath.spark.jobs;

import java.util.List;

/** The commands there are. */
final class Commands {
  private static final List<String> DATA =
      List.of(
          "input",
          "format",
          "label",
          "features",
          "sample-rows",
          "positive",
          "valid",
          "valid-fraction",
          "test");
  private static final List<String> MODEL =
      List.of(
          "model",
          "gates",
          "gate-source",
          "search-starts",
          "search-tolerance",
          "enumeration-limit",
          "seed",
          "standardize",
          "intercept",
          "center-label",
          "label-mapping",
          "loss-scaling");
  private static final List<String> SOLVER =
      List.of("tolerance", "max-iterations", "time-limit", "engine", "segments");

  /** Rows that may take the place of those of an earlier run. */
  private static final List<String> ROWS = List.of("input", "format", "valid", "test");

  private static final List<String> LIMITS = List.of("max-iterations", "time-limit");
  private static final List<String> OUTPUT = List.of("output", "overwrite");

  private static final List<String> STUDY =
      List.of(
          "datasets",
          "models",
          "gate-counts",
          "seeds",
          "folds",
          "choose",
          "label",
          "features",
          "format",
          "sample-rows",
          "positive",
          "gate-source",
          "seed",
          "standardize",
          "intercept",
          "center-label",
          "label-mapping",
          "loss-scaling",
          "lambdas",
          "lambda-min-ratio",
          "tolerance",
          "max-iterations",
          "time-limit",
          "segments");

  private Commands() {}

  /** The keys that a study's results depend on, beside its data. */
  static List<String> studyKeys() {
    return STUDY;
  }

  /** The keys that say which convex program is meant. */
  static List<String> programKeys() {
    return keys(List.of(DATA, MODEL));
  }

  /** Whether a key says which convex program is meant, so that later commands take it over. */
  static boolean describesProgram(String key) {
    return DATA.contains(key) || MODEL.contains(key);
  }

  static List<Command> all() {
    return List.of(
        demo(), fit(), path(), study(), optimalSet(), prune(), audit(), predict(), generate());
  }

  private static Command demo() {
    return new Command(
        "demo",
        "Solves a whole path on bundled data and leaves it in ./relupath-demo.",
        keys(
            List.of(
                List.of("valid-fraction"),
                MODEL,
                List.of("lambdas", "lambda-min-ratio", "analyze"),
                SOLVER,
                List.of("output"))),
        List.of(),
        "demo.conf",
        new PathJob("org/relupath/demo/breast-cancer-wisc-diag.csv"));
  }

  private static Command path() {
    return new Command(
        "path",
        "Solves a path of lambdas, every one with a proof, and chooses the best network.",
        keys(
            List.of(
                DATA,
                MODEL,
                List.of("lambdas", "certify", "lambda-min-ratio", "analyze"),
                SOLVER,
                OUTPUT)),
        List.of("input", "output"),
        new PathJob());
  }

  static Command study() {
    return new Command(
        "study",
        "Solves the paths of many data sets, folds, gate seeds and models, from one --config file.",
        keys(
            List.of(
                STUDY.stream().filter(key -> !key.equals("datasets")).toList(),
                OUTPUT,
                List.of("resume"))),
        List.of("output"),
        "study-defaults.conf",
        new StudyJob());
  }

  private static Command optimalSet() {
    return new Command(
        "optimal-set",
        "Tells all optimal networks of an earlier fit or path: how many, which, and the best of"
            + " them.",
        keys(
            List.of(
                List.of("run", "lambda", "lambda-index", "columns", "vertices", "samples"),
                ROWS,
                LIMITS,
                OUTPUT)),
        List.of("run", "output"),
        new OptimalSetJob());
  }

  private static Command prune() {
    return new Command(
        "prune",
        "Prunes the network of an earlier fit or path: exactly to a minimal one, then further.",
        keys(List.of(List.of("run", "lambda", "lambda-index", "vertices"), ROWS, LIMITS, OUTPUT)),
        List.of("run", "output"),
        new PruneJob());
  }

  private static Command audit() {
    return new Command(
        "audit",
        "Tells how far from optimal a network is, trained here or elsewhere, and finds a better"
            + " one.",
        keys(
            List.of(
                List.of("network", "run", "input", "format", "label"),
                List.of("lambda", "lambda-ratio", "loss-scaling"),
                List.of("gates", "gate-source", "search-starts", "search-tolerance"),
                List.of("seed", "enumeration-limit", "tolerance"),
                LIMITS,
                OUTPUT)),
        List.of("input", "output"),
        new AuditJob());
  }

  private static Command predict() {
    return new Command(
        "predict",
        "Scores rows with a network; picks its inputs by name and needs no label.",
        keys(
            List.of(
                List.of("network", "run", "lambda", "input", "format", "prediction-format"),
                OUTPUT)),
        List.of("input", "output"),
        new PredictJob());
  }

  private static Command generate() {
    return new Command(
        "generate",
        "Writes synthetic rows with a known ReLU network behind them.",
        keys(
            List.of(
                List.of("rows", "feature-count", "teacher-neurons", "noise", "seed"),
                List.of("format", "label"),
                OUTPUT)),
        List.of("output"),
        new GenerateJob());
  }

  private static Command fit() {
    return new Command(
        "fit",
        "Finds a globally optimal network for one lambda, with a proof.",
        keys(
            List.of(
                DATA,
                MODEL,
                List.of("lambda", "lambda-ratio", "analyze", "solver"),
                SOLVER,
                OUTPUT)),
        List.of("input", "output"),
        new FitJob());
  }

  private static List<String> keys(List<List<String>> groups) {
    return groups.stream().flatMap(List::stream).toList();
  }
}
