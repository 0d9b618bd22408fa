package org.relupath.spark.config;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.relupath.core.data.Label;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableFormat;

/** The options that say how a csv is written: {@code delimiter} and {@code header}. */
public final class TextOptions {
  private static final List<String> KEYS = Keys.of("delimiter header");

  private TextOptions() {}

  /**
   * Refuses those that the user gives where no file is a csv, as they would change nothing; what a
   * resolved.conf gives, which are all keys, may be their defaults.
   *
   * @param sources the files; null for one that there is not
   */
  public static void refuseUnused(ResolvedConfig config, Source... sources) {
    refuseUnused(config, KEYS, Stream.of(sources).filter(Objects::nonNull).toList());
  }

  /**
   * Refuses those that a part of a configuration gives and the whole does not.
   *
   * @param whole what the part says something beside
   * @param source the part's file
   */
  public static void refuseUnused(ResolvedConfig part, ResolvedConfig whole, Source source) {
    List<String> own = KEYS.stream().filter(key -> !whole.isExplicit(key)).toList();
    refuseUnused(part, own, List.of(source));
  }

  private static void refuseUnused(ResolvedConfig config, List<String> keys, List<Source> sources) {
    if (sources.stream().anyMatch(source -> source.format() == TableFormat.CSV)) {
      return;
    }
    ResolvedConfig defaults = ResolvedConfig.defaults();
    for (String key : keys) {
      String value = config.text(key);
      if (config.isExplicit(key) && !defaults.text(key).equals(value)) {
        Source first = sources.get(0);
        throw new BadInputException(
            "%s: '%s', expected none: %s is %s, not csv"
                .formatted(config.name(key), value, first.named(), Label.of(first.format())));
      }
    }
  }
}
