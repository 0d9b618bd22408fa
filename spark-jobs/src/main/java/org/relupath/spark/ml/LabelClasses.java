package org.relupath.spark.ml;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.StructType;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.data.RowData;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.BadInputException;

/** Labels of classes as Spark ML has them: 0, 1, ..., K-1. */
final class LabelClasses {
  private LabelClasses() {}

  /**
   * Refuses labels that are not all of these.
   *
   * @param schema whose label may say how many classes there are
   * @throws BadInputException naming the column, the value and what was expected
   */
  static void require(StructType schema, String label, RunRows rows) {
    double[] labels = labels(rows);
    String column = "labelCol: column '" + label + "' ";
    for (double one : labels) {
      if (!(one >= 0 && one == Math.rint(one) && one < Integer.MAX_VALUE)) {
        throw new BadInputException(column + "has a " + one + ", expected classes 0, 1, 2, ...");
      }
    }
    int declared = declared(schema, label);
    int largest = (int) labels[labels.length - 1];
    if (declared > 0 && largest >= declared) {
      throw new BadInputException(
          column
              + "has a "
              + largest
              + ", expected at most "
              + (declared - 1)
              + " as its metadata says");
    }
    int count = Math.max(declared, largest + 1);
    for (int k = 0; k < count; k++) {
      if (k >= labels.length || labels[k] != k) {
        throw new BadInputException(
            column + "has no " + k + ", expected every class from 0 to " + (count - 1));
      }
    }
  }

  /** The different labels, ascending. */
  private static double[] labels(RunRows rows) {
    double[] all =
        rows instanceof OutputRows several
            ? several.classes().stream().mapToDouble(one -> (Double) one).toArray()
            : rows instanceof TrainingData data
                ? data.train().targets()
                : ((RowData) rows).preprocessing().labels();
    if (all.length == 0) {
      throw new BadInputException(
          "engine: 'rows', expected driver, gates, lambdas or auto for a label of other than two"
              + " classes");
    }
    return Arrays.stream(all).map(one -> one + 0.0).sorted().distinct().toArray();
  }

  /** The number of classes that a column's metadata tells; 0 where it tells none. */
  private static int declared(StructType schema, String label) {
    return Stream.of(Attribute.fromStructField(schema.apply(label)))
        .filter(NominalAttribute.class::isInstance)
        .map(own -> ((NominalAttribute) own).getNumValues())
        .filter(count -> count.isDefined())
        .mapToInt(count -> (Integer) count.get())
        .findFirst()
        .orElse(0);
  }
}
