package org.relupath.spark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The style and the scripts that every page holds, and the policy that lets a browser run those
 * alone: their hashes (Content Security Policy, level 3).
 */
final class Assets {
  /** Apache ECharts with lines, bars, dots and marks, and its SVG renderer. */
  private static final String ECHARTS =
      "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.common.min.js";

  static final String STYLE = "\n" + text("/org/relupath/report/page.css");

  static final List<String> SCRIPTS =
      List.of(
          wrapped(text(ECHARTS)),
          wrapped(text("/org/relupath/report/polytope.js")),
          wrapped(text("/org/relupath/report/page.js")));

  /**
   * Elements of style and script are known by their hashes; ECharts and its tooltips set attributes
   * of style, which run nothing.
   */
  static final String POLICY =
      "default-src 'none'; img-src data:; style-src-attr 'unsafe-inline'; style-src-elem "
          + hash(STYLE)
          + "; script-src "
          + String.join(" ", SCRIPTS.stream().map(Assets::hash).toList());

  private Assets() {}

  /** A script that markup reads as text also where it is read as XML. */
  private static String wrapped(String script) {
    // These three characters stand in texts of the scripts alone, not in their code.
    return "/*<![CDATA[*/\n" + script.replace("]]>", "]]\\x3e") + "/*]]>*/";
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
