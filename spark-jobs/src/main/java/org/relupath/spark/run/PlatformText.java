package org.relupath.spark.run;

import org.relupath.spark.io.BadInputException;

/**
 * Whether Java could read what the process was given: arguments, and through them names of files,
 * are bytes, which it decodes as the locale says. Bytes that do not fit become {@code '\uFFFD'}, or
 * {@code '?'} in the POSIX locale, so that different names become one.
 */
public final class PlatformText {
  private static final char LOST = '\uFFFD';

  private PlatformText() {}

  /**
   * Refuses arguments, or a working folder, that were not read as they are.
   *
   * @param encoding how names were decoded, the property sun.jnu.encoding
   * @param folder the working folder
   * @throws BadInputException naming what is wrong and what was expected
   */
  public static void check(String encoding, String folder, String... args) {
    if (isLost(encoding, folder)) {
      throw refusal(encoding, "the working folder " + folder);
    }
    for (String one : args) {
      if (isLost(encoding, one)) {
        throw refusal(encoding, "argument '" + one + "'");
      }
    }
  }

  private static boolean isLost(String encoding, String text) {
    return text.indexOf(LOST) >= 0 || (!encoding.equals("UTF-8") && text.indexOf('?') >= 0);
  }

  private static BadInputException refusal(String encoding, String what) {
    return new BadInputException(
        encoding.equals("UTF-8")
            ? what + " is not UTF-8, expected a name that is"
            : what + " cannot be read in the locale's " + encoding + ", expected a UTF-8 locale");
  }
}
