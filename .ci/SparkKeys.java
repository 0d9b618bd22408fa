import java.io.FileReader;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.ConfigReader;

/**
 * Fails unless every key of some files of Spark properties is one that this Spark knows, and every value one that it can
 * read: {@code java -cp "$SPARK_HOME/jars/*" .ci/SparkKeys.java FILE...}
 */
public class SparkKeys {
  /** Where Spark defines its keys, each known once its class is loaded. */
  private static final List<String> DEFINITIONS =
      List.of(
          "org.apache.spark.internal.config.package$",
          "org.apache.spark.internal.config.UI$",
          "org.apache.spark.sql.internal.SQLConf$",
          "org.apache.spark.deploy.yarn.config.package$",
          "org.apache.spark.deploy.k8s.Config$");

  public static void main(String[] files) throws Exception {
    for (String definition : DEFINITIONS) {
      Class.forName(definition);
    }
    for (String file : files) {
      Properties properties = new Properties();
      try (Reader reader = new FileReader(file)) {
        properties.load(reader);
      }
      if (properties.isEmpty()) {
        throw new IllegalArgumentException(file + ": no keys");
      }
      check(file, properties);
      System.out.println("ok: " + properties.size() + " keys of " + file);
    }
  }

  private static void check(String file, Properties properties) {
    Map<String, String> values = new HashMap<>();
    properties.forEach((key, value) -> values.put((String) key, ((String) value).strip()));
    ConfigReader reader = new ConfigReader(values);
    for (String key : new TreeSet<>(values.keySet())) {
      // Not in Spark's own registry.
      if (key.equals("spark.master")) {
        continue;
      }
      ConfigEntry<?> entry = ConfigEntry.findEntry(key);
      if (entry == null) {
        throw new IllegalArgumentException(file + ": Spark knows no " + key);
      }
      entry.readFrom(reader);
    }
  }
}
