package org.relupath.spark.jobs;

import java.util.List;

/** The commands there are. */
final class Commands {
  private static final List<String> DATA =
      List.of("input", "format", "label", "features", "valid", "valid-fraction", "test");
  private static final List<String> MODEL =
      List.of(
          "model",
          "gates",
          "gate-source",
          "seed",
          "standardize",
          "intercept",
          "center-label",
          "label-mapping",
          "loss-scaling");
  private static final List<String> SOLVER =
      List.of("tolerance", "max-iterations", "time-limit", "engine", "segments");
  private static final List<String> OUTPUT = List.of("output", "overwrite");

  private Commands() {}

  /** Whether a key says which convex program is meant, so that later commands take it over. */
  static boolean describesProgram(String key) {
    return DATA.contains(key) || MODEL.contains(key);
  }

  static List<Command> all() {
    return List.of(demo(), fit(), path(), predict());
  }

  private static Command demo() {
    return new Command(
        "demo",
        "Solves a whole path on bundled data and leaves it in ./relupath-demo.",
        keys(
            List.of(
                List.of("valid-fraction"),
                MODEL,
                List.of("lambdas", "lambda-min-ratio"),
                SOLVER,
                List.of("output"))),
        List.of(),
        "demo.conf",
        new PathJob("org/relupath/demo/breast-cancer-wisc-diag.csv"));
  }

  private static Command path() {
    return new Command(
        "path",
        "Solves a grid of lambdas, every one with a proof, and chooses the best network.",
        keys(List.of(DATA, MODEL, List.of("lambdas", "lambda-min-ratio"), SOLVER, OUTPUT)),
        List.of("input", "output"),
        new PathJob());
  }

  private static Command predict() {
    return new Command(
        "predict",
        "Scores rows with a network; picks its inputs by name and needs no label.",
        keys(List.of(List.of("network", "run", "input", "format", "prediction-format"), OUTPUT)),
        List.of("input", "output"),
        new PredictJob());
  }

  private static Command fit() {
    return new Command(
        "fit",
        "Finds a globally optimal network for one lambda, with a proof.",
        keys(
            List.of(
                DATA, MODEL, List.of("lambda", "lambda-ratio"), List.of("solver"), SOLVER, OUTPUT)),
        List.of("input", "output"),
        new FitJob());
  }

  private static List<String> keys(List<List<String>> groups) {
    return groups.stream().flatMap(List::stream).toList();
  }
}
