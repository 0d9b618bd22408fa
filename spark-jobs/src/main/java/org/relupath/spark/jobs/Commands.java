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
  private static final List<String> SOLVER = List.of("tolerance", "max-iterations", "time-limit");
  private static final List<String> OUTPUT = List.of("output", "overwrite");

  private Commands() {}

  static List<Command> all() {
    return List.of(fit());
  }

  private static Command fit() {
    return new Command(
        "fit",
        "Finds a globally optimal network for one lambda, with a proof.",
        keys(List.of(DATA, MODEL, List.of("lambda", "lambda-ratio"), SOLVER, OUTPUT)),
        List.of("input", "output"),
        new FitJob());
  }

  private static List<String> keys(List<List<String>> groups) {
    return groups.stream().flatMap(List::stream).toList();
  }
}
