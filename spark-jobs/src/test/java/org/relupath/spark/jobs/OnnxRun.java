package org.relupath.spark.jobs;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ONNX model, run by onnxruntime on rows of texts as a csv has them. */
final class OnnxRun {
  private final Map<String, Object> outputs = new LinkedHashMap<>();
  private final Map<String, String> metadata;

  /**
   * Runs a model.
   *
   * @param header the columns of the rows
   * @param rows cells; those of numbers and dates that are empty are missing
   */
  OnnxRun(Path model, List<String> header, List<List<String>> rows) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toString())) {
      metadata = session.getMetadata().getCustomMetadata();
      Map<String, OnnxTensor> feeds = new HashMap<>();
      for (NodeInfo input : session.getInputInfo().values()) {
        TensorInfo info = (TensorInfo) input.getInfo();
        List<String> columns =
            input.getName().equals("features") ? header : List.of(input.getName());
        feeds.put(input.getName(), tensor(environment, info.type, header, columns, rows));
      }
      try (OrtSession.Result result = session.run(feeds)) {
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          outputs.put(output.getKey(), output.getValue().getValue());
        }
      }
    }
  }

  private static OnnxTensor tensor(
      OrtEnvironment environment,
      OnnxJavaType type,
      List<String> header,
      List<String> columns,
      List<List<String>> rows)
      throws OrtException {
    int[] at = columns.stream().mapToInt(header::indexOf).toArray();
    if (type == OnnxJavaType.STRING) {
      String[][] texts =
          rows.stream().map(row -> new String[] {row.get(at[0])}).toArray(String[][]::new);
      return OnnxTensor.createTensor(environment, texts);
    }
    double[][] numbers =
        rows.stream()
            .map(row -> Arrays.stream(at).mapToDouble(k -> number(row.get(k))).toArray())
            .toArray(double[][]::new);
    if (type == OnnxJavaType.DOUBLE) {
      return OnnxTensor.createTensor(environment, numbers);
    }
    float[][] single = new float[numbers.length][at.length];
    for (int r = 0; r < numbers.length; r++) {
      for (int k = 0; k < at.length; k++) {
        single[r][k] = (float) numbers[r][k];
      }
    }
    return OnnxTensor.createTensor(environment, single);
  }

  /** A number, false or true as 0 or 1, or the days since 1970 of a time. */
  private static double number(String cell) {
    if (cell.isEmpty()) {
      return Double.NaN;
    }
    if (cell.equals("true") || cell.equals("false")) {
      return cell.equals("true") ? 1 : 0;
    }
    if (cell.matches("[+-]?\\d+-\\d\\d-\\d\\dT.*")) {
      LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
      return ChronoUnit.SECONDS.between(epoch, LocalDateTime.parse(cell)) / 86_400.0;
    }
    return Double.parseDouble(cell);
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** The names of all outputs, in order. */
  List<String> names() {
    return List.copyOf(outputs.keySet());
  }

  /** Numbers of an output, a row each. */
  double[][] numbers(String name) {
    Object value = outputs.get(name);
    if (value instanceof float[][] single) {
      double[][] rows = new double[single.length][];
      for (int r = 0; r < rows.length; r++) {
        rows[r] = new double[single[r].length];
        for (int k = 0; k < rows[r].length; k++) {
          rows[r][k] = single[r][k];
        }
      }
      return rows;
    }
    return (double[][]) value;
  }

  /** Labels of an output, as texts. */
  List<String> labels(String name) {
    Object value = outputs.get(name);
    if (value instanceof long[] whole) {
      return Arrays.stream(whole).mapToObj(Long::toString).toList();
    }
    if (value instanceof double[] numbers) {
      return Arrays.stream(numbers).mapToObj(Double::toString).toList();
    }
    return List.of((String[]) value);
  }
}
