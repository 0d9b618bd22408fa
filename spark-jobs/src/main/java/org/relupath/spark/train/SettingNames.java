package org.relupath.spark.train;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relupath.spark.config.Keys;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.io.BadInputException;

/** What the refusals of a training call its settings, for those who gave them. */
public final class SettingNames {
  /** Options of the command line, such as {@code --gates}: as refusals are written. */
  static final SettingNames OPTIONS = new SettingNames(null);

  /** Keys of {@link TrainSettings}, such as {@code gates}; the rows are a data frame, no option. */
  static final SettingNames KEYS = of(UnaryOperator.identity());

  /** An option in a text: one name does not end where a longer one goes on. */
  private static final Pattern OPTION =
      Pattern.compile("--(" + String.join("|", Keys.training()) + "|warm-start)(?![a-z-])");

  /** Null where options stay what they are. */
  private final UnaryOperator<String> names;

  private SettingNames(UnaryOperator<String> names) {
    this.names = names;
  }

  /** The names that settings have instead of their keys; the rows are a data frame. */
  public static SettingNames of(UnaryOperator<String> names) {
    return new SettingNames(names);
  }

  /** Does some work; what it refuses is refused in these names. */
  public <T> T in(Supplier<T> work) {
    try {
      return work.get();
    } catch (BadInputException e) {
      throw names == null ? e : new BadInputException(otherwise(e.getMessage()), e);
    }
  }

  /** A text that names options, in these names. */
  public String renamed(String text) {
    return names == null ? text : otherwise(text);
  }

  private String otherwise(String text) {
    return OPTION
        .matcher(text)
        .replaceAll(option -> Matcher.quoteReplacement(names.apply(option.group(1))))
        .replaceFirst("^--input:", "rows:")
        .replace(MemoryNeed.HINT, "a larger spark.driver.memory gives the driver more");
  }
}
