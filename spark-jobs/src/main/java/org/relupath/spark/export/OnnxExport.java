package org.relupath.spark.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relupath.core.data.RawColumn;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.config.NetworkSettings.Precision;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Json;
import org.relupath.spark.run.Versions;

/**
 * A network as an ONNX model (spark-jobs/docs/files.md#networkonnx): the preparation of its raw
 * columns, its scores, and its labels and probabilities where it has them.
 *
 * <p>Operators are of those sets that have kernels for doubles in runtimes of many years.
 */
public final class OnnxExport {
  /** The domain of operators on texts. */
  static final String ML = "ai.onnx.ml";

  /** Format of the file, and the sets of operators: of 2020, with double precision in all used. */
  private static final int IR_VERSION = 7;

  private static final int OPSET = 13;
  private static final int ML_OPSET = 2;

  private static final String SCORES = "prediction";

  private OnnxExport() {}

  /**
   * The bytes of the model; the same for the same network, precision and metadata.
   *
   * @param metadata what the model also says, by name
   * @throws BadInputException if a column has the name of an output, or the precision does not hold
   *     a number of the network
   */
  public static byte[] of(
      StoredNetwork network, Precision precision, Map<String, String> metadata) {
    MultiOutputNetwork several = network instanceof MultiOutputNetwork own ? own : null;
    List<Network> networks = several == null ? List.of((Network) network) : several.networks();
    OnnxGraph graph = new OnnxGraph(precision, reserved(network, several));
    String encoded = OnnxInputs.encoded(graph, network.preparation(), network.inputs());
    String scores = OnnxScores.of(graph, networks).of(encoded);
    graph.output(scores, SCORES, graph.type(), networks.size());
    OnnxLabels labels = new OnnxLabels(graph, scores);
    if (several == null) {
      labels.one(networks.get(0));
    } else if (several.classes().isEmpty()) {
      labels.columns(several);
    } else {
      labels.classes(several);
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("relupath")
            .setProducerVersion(Versions.application())
            .setGraph(graph.build())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPSET));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("relupath.version", Versions.application());
    all.put("relupath.inputs", Json.parse(Json.pretty(network.inputs())).toString());
    if (several != null) {
      all.put("relupath.outputs", Json.parse(Json.pretty(several.names())).toString());
    }
    all.putAll(metadata);
    all.forEach(
        (name, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(name).setValue(value)));
    return model.build().toByteArray();
  }

  /** Names of inputs and outputs, which no other value may have. */
  private static Set<String> reserved(StoredNetwork network, MultiOutputNetwork several) {
    Set<String> outputs = new HashSet<>(Set.of(SCORES, OnnxLabels.LABEL, OnnxLabels.PROBABILITY));
    if (several != null && several.classes().isEmpty()) {
      for (String name : several.names()) {
        outputs.add(OnnxLabels.LABEL + "_" + name);
        outputs.add(OnnxLabels.PROBABILITY + "_" + name);
      }
    }
    Set<String> all = new HashSet<>(outputs);
    all.add(OnnxInputs.FEATURES);
    List<RawColumn> columns = network.preparation().raw(network.inputs());
    if (!OnnxInputs.oneTensor(columns)) {
      for (RawColumn column : columns) {
        if (outputs.contains(column.name())) {
          throw new BadInputException(
              "column '%s' has the name of an output of the model, expected another name"
                  .formatted(column.name()));
        }
        all.add(column.name());
      }
    }
    return all;
  }
}
