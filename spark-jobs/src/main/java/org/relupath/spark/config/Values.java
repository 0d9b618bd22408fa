package org.relupath.spark.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import org.relupath.core.data.Label;
import org.relupath.core.data.NumberText;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;

/** Typed values of a configuration; what does not fit is refused by name, value and expectation. */
public record Values(ResolvedConfig config) {
  private static final String FRACTION = "a number above 0 and below 1";

  /** The text without blanks around it, or null where there is none. */
  public String text(String key) {
    String text = path(key);
    return text == null ? null : text.strip();
  }

  /** The text to its last blank, which may be part of a file's name; null where there is none. */
  String path(String key) {
    String text = config.text(key);
    if (text != null && text.isBlank()) {
      throw new BadInputException(
          config.name(key) + ": is empty, expected a value (null for none)");
    }
    return text;
  }

  /** Names, separated by commas as in the header of a csv: in double quotes where they hold one. */
  public List<String> list(String key) {
    List<String> items = new ArrayList<>();
    for (String item : text(key) == null ? List.<String>of() : config.list(key)) {
      if (item.isBlank()) {
        throw refusal(key, "names separated by commas");
      }
      if (items.contains(item.trim())) {
        throw refusal(key, "distinct names");
      }
      items.add(item.trim());
    }
    return items;
  }

  /** True or false. */
  public boolean flag(String key) {
    return switch (String.valueOf(text(key)).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal(key, "true or false");
    };
  }

  /** True, false, or null for auto. */
  Boolean flagOrAuto(String key) {
    return switch (String.valueOf(text(key)).toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      case "auto" -> null;
      default -> throw refusal(key, "true, false or auto");
    };
  }

  /** A whole number from {@code least} to {@code most}. */
  public long whole(String key, long least, long most) {
    String expected =
        most >= Integer.MAX_VALUE
            ? (least == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + least)
            : "a whole number from " + least + " to " + most;
    try {
      long value = NumberText.whole(String.valueOf(text(key)));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refusal(key, expected);
    }
    throw refusal(key, expected);
  }

  int count(String key) {
    return (int) whole(key, 1, Integer.MAX_VALUE);
  }

  /** A whole number of at least 1, empty where there is no value. */
  OptionalInt optionalCount(String key) {
    return text(key) == null ? OptionalInt.empty() : OptionalInt.of(count(key));
  }

  OptionalDouble number(String key, DoublePredicate fits, String expected) {
    String text = text(key);
    if (text == null) {
      return OptionalDouble.empty();
    }
    double value = NumberText.parse(text);
    if (Double.isNaN(value) || !fits.test(value)) {
      throw refusal(key, expected);
    }
    return OptionalDouble.of(value);
  }

  /** A number that has to be given. */
  double required(String key, DoublePredicate fits, String expected) {
    return number(key, fits, expected).orElseThrow(() -> refusal(key, expected));
  }

  OptionalDouble fraction(String key) {
    return number(key, value -> value > 0 && value < 1, FRACTION);
  }

  /** A share from 0 to below 1; 0 where there is no value. */
  public double share(String key) {
    return number(key, value -> value >= 0 && value < 1, "a number from 0 to below 1").orElse(0);
  }

  double requiredFraction(String key) {
    return fraction(key).orElseThrow(() -> refusal(key, FRACTION));
  }

  /** One of an enum's constants, by its {@link Label}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, type, new ArrayList<>());
  }

  /** One of an enum's constants, by its {@link Label}; null for auto. */
  <E extends Enum<E>> E choiceOrAuto(String key, Class<E> type) {
    return "auto".equals(text(key)) ? null : choice(key, type, new ArrayList<>(List.of("auto")));
  }

  private <E extends Enum<E>> E choice(String key, Class<E> type, List<String> names) {
    String text = text(key);
    for (E constant : type.getEnumConstants()) {
      String name = Label.of(constant);
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw refusal(key, "one of " + String.join(", ", names));
  }

  /** Some of an enum's constants, by their {@link Label}s, at least one. */
  <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
    List<String> names = list(key);
    List<E> chosen = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      known.add(Label.of(constant));
    }
    for (String name : names) {
      int at = known.indexOf(name);
      if (at >= 0) {
        chosen.add(type.getEnumConstants()[at]);
      }
    }
    if (chosen.isEmpty() || chosen.size() < names.size()) {
      throw refusal(key, "some of " + String.join(", ", known));
    }
    return chosen;
  }

  /**
   * Refuses two keys of which one was expected, by their options or lines.
   *
   * @param reason what else there is to say, in brackets; or empty
   */
  public BadInputException both(String one, String other, String reason) {
    return new BadInputException(
        config.name(one)
            + " and "
            + config.name(other)
            + ": both given, expected one"
            + (reason.isEmpty() ? "" : " (" + reason + ")"));
  }

  /** Refuses a value by its option or line, as it was written, with what was expected. */
  public BadInputException refusal(String key, String expected) {
    return new BadInputException(
        "%s: %s, expected %s"
            .formatted(
                config.name(key),
                text(key) == null ? "no value" : "'" + Shown.value(text(key)) + "'",
                expected));
  }
}
