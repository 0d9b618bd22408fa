package org.relupath.spark.jobs;

import org.relupath.spark.io.BadInputException;

/**
 * Everything a job may read, checked as far as it can be without data. What depends on data is
 * checked when {@link TrainingData} is loaded.
 */
public record RunSettings(
    DataSettings data,
    ModelSettings model,
    LambdaSettings lambda,
    SolverSettings solver,
    AnalysisSettings analysis,
    NetworkSettings network,
    OutputSettings output) {

  /**
   * Checks a configuration.
   *
   * @throws BadInputException naming the key's option or line, its value and what was expected
   */
  static RunSettings of(Command command, ResolvedConfig config) {
    Values values = new Values(config);
    for (String key : command.required()) {
      if (values.text(key) == null) {
        throw new BadInputException("--" + key + " is missing, " + command.name() + " needs it");
      }
    }
    return of(config);
  }

  /** The same without asking whether anything is missing. */
  static RunSettings of(ResolvedConfig config) {
    Values values = new Values(config);
    return new RunSettings(
        DataSettings.of(values),
        ModelSettings.of(values),
        LambdaSettings.of(values, config),
        SolverSettings.of(values),
        AnalysisSettings.of(values),
        NetworkSettings.of(values),
        OutputSettings.of(values));
  }
}
