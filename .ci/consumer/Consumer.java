import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** The example of Training, as a project of somebody else has it. */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TrainingExample.run(
          spark.sql(
              "SELECT x0, x1, greatest(x0 - x1, 0) - greatest(x1, 0) + 0.1D * sin(7 * id) AS y"
                  + " FROM (SELECT id, sin(id) AS x0, cos(3 * id) AS x1 FROM range(40))"));
    }
  }
}
