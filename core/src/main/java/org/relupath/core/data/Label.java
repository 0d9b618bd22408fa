package org.relupath.core.data;

import java.util.Locale;

/** Constants of enums as options and files spell them. */
public final class Label {
  private Label() {}

  /** The name in lower case with dashes, such as {@code iteration-limit}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
