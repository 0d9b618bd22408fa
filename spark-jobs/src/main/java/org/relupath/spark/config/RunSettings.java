package org.relupath.spark.config;

import java.util.List;
import org.relupath.spark.io.BadInputException;

/**
 * Everything a job may read, checked as far as it can be without data. What depends on data is
 * checked when rows are read.
 */
public record RunSettings(
    DataSettings data,
    ModelSettings model,
    LambdaSettings lambda,
    SolverSettings solver,
    AnalysisSettings analysis,
    NetworkSettings network,
    OutputSettings output,
    ScoreSettings scores) {

  /**
   * Whether rows may be kept by their numbers that are not zero: columns are not centred and no
   * cell is missing, and nothing is asked for that looks at all of X.
   */
  public boolean keepsSparse() {
    return model.preprocessing().scaling().keepsZeros()
        && !data.columns().missing()
        && model.gateSource().kind() != GateSource.Kind.EXHAUSTIVE
        && solver.method() == SolverSettings.Method.NEWTON
        && !analysis.analyze()
        && network.run() == null;
  }

  /**
   * Checks the configuration of a command.
   *
   * @param command its name
   * @param required keys that it cannot do without
   * @throws BadInputException naming the key's option or line, its value and what was expected
   */
  public static RunSettings of(String command, List<String> required, ResolvedConfig config) {
    Values values = new Values(config);
    for (String key : required) {
      if (values.text(key) == null) {
        throw new BadInputException("--" + key + " is missing, " + command + " needs it");
      }
    }
    return of(config);
  }

  /**
   * Checks a configuration in which nothing has to be given.
   *
   * @throws BadInputException naming the key's option or line, its value and what was expected
   */
  public static RunSettings of(ResolvedConfig config) {
    Values values = new Values(config);
    return new RunSettings(
        DataSettings.of(values),
        ModelSettings.of(values),
        LambdaSettings.of(values),
        SolverSettings.of(values),
        AnalysisSettings.of(values),
        NetworkSettings.of(values),
        OutputSettings.of(values),
        ScoreSettings.of(values));
  }
}
