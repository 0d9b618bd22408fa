package org.relupath.spark.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which versions run. */
public final class Versions {
  private Versions() {}

  /** The application's version; {@code development} outside its jar. */
  public static String application() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Everything that a result may depend on, by name. */
  public static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("relupath", application());
    versions.put("spark", spark());
    versions.put("java", System.getProperty("java.version"));
    versions.put("blas", org.relupath.core.linalg.Blas.describe());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  /** One line for --version; loads no native library. */
  public static String describe() {
    return "relupath %s (Spark %s, Java %s)"
        .formatted(application(), spark(), System.getProperty("java.version"));
  }

  private static String spark() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }
}
