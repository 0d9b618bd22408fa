package org.relupath.spark.train;

import java.util.List;
import org.relupath.spark.config.Keys;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;

/**
 * Settings of a training: keys of {@code conf/reference.conf}, which says what each of them means,
 * with their values. Immutable.
 *
 * <p>Of the rows {@code label}, {@code features}, {@code categorical}, {@code missing}, {@code
 * dates}, {@code drop}, {@code positive}, {@code weights} and {@code valid-fraction}; of the model
 * {@code model}, {@code gates}, {@code gate-source}, {@code search-starts}, {@code
 * search-tolerance}, {@code enumeration-limit}, {@code seed}, {@code standardize}, {@code
 * intercept}, {@code center-label}, {@code label-mapping}, {@code class-weights} and {@code
 * loss-scaling}; of the lambdas {@code lambda}, {@code lambda-ratio}, {@code lambdas}, {@code
 * lambda-max}, {@code lambda-min-ratio}, {@code certify} and {@code choose}; of the solver {@code
 * tolerance}, {@code max-iterations}, {@code time-limit}, {@code engine}, {@code segments} and
 * {@code solver}; of the scores {@code probabilities} and {@code threshold}; and {@code analyze},
 * which checks before the solve that memory holds an analysis.
 */
public final class TrainSettings {
  private final ResolvedConfig config;

  private TrainSettings(ResolvedConfig config) {
    this.config = config;
  }

  /** The defaults of {@code conf/reference.conf}. */
  public static TrainSettings defaults() {
    return new TrainSettings(ResolvedConfig.defaults());
  }

  /**
   * These settings with another value of a key. Values are checked together, when a training opens.
   *
   * @param key one of those above
   * @param value a text, number or boolean, a list of texts, or null for none
   * @throws BadInputException if there is no such key
   */
  public TrainSettings with(String key, Object value) {
    List<String> keys = Keys.training();
    if (!keys.contains(key)) {
      throw new BadInputException(
          "unknown key '" + key + "', expected one of " + String.join(", ", keys));
    }
    return new TrainSettings(config.with(key, value));
  }

  /**
   * The values, checked.
   *
   * @throws BadInputException naming the key, its value and what was expected
   */
  public RunSettings checked() {
    return SettingNames.KEYS.in(() -> RunSettings.of(config));
  }
}
