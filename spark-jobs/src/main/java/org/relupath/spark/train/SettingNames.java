package org.relupath.spark.train;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.relupath.spark.config.Keys;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.io.BadInputException;

/** What the refusals of a training call its settings, for those who gave them. */
enum SettingNames {
  /** Options of the command line, such as {@code --gates}: as refusals are written. */
  OPTIONS,

  /** Keys of {@link TrainSettings}, such as {@code gates}; the rows are a data frame, no option. */
  KEYS;

  /** An option in a text: one name does not end where a longer one goes on. */
  private static final Pattern OPTION =
      Pattern.compile("--(" + String.join("|", Keys.training()) + ")(?![a-z-])");

  /** Does some work; what it refuses is refused in these names. */
  <T> T in(Supplier<T> work) {
    try {
      return work.get();
    } catch (BadInputException e) {
      throw this == OPTIONS ? e : new BadInputException(asKeys(e.getMessage()), e);
    }
  }

  private static String asKeys(String text) {
    return OPTION
        .matcher(text)
        .replaceAll("$1")
        .replaceFirst("^--input:", "rows:")
        .replace(MemoryNeed.HINT, "a larger spark.driver.memory gives the driver more");
  }
}
