package org.relupath.spark.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.relupath.core.network.Network;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.earlier.InterpolatedNetwork;
import org.relupath.spark.earlier.NetworkSource;
import org.relupath.spark.export.OnnxExport;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Job;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.run.Manifest;
import org.relupath.spark.run.Session;

/** {@code export}: a network as an ONNX model. */
final class ExportJob implements Job {
  private static final String FILE = "network.onnx";

  /** What a summary says of how good its network is. */
  private static final List<String> CERTIFICATE =
      List.of(
          "lambda",
          "lossScaling",
          "status",
          "objective",
          "relativeGap",
          "lowerBound",
          "lowerBoundSource",
          "lowerBoundClass",
          "gapToGlobal");

  @Override
  public ExitStatus run(JobContext context) throws Exception {
    StoredNetwork own = NetworkSource.read(context).stored();
    InterpolatedNetwork asked = InterpolatedNetwork.asked(context, own);
    byte[] model = asked == null ? model(context, own, certificate(context)) : null;
    try (OutputDirectory output = context.output()) {
      byte[] bytes = asked == null ? model : at(context, asked, (Network) own);
      output.writing(
          () -> {
            try (OutputStream out = output.open(FILE)) {
              out.write(bytes);
            }
          });
      List<String> said = asked == null ? List.of() : List.of(asked.note());
      context.commit(output, Manifest.of(context), said, List.of(FILE));
      return ExitStatus.DONE;
    }
  }

  private static byte[] model(
      JobContext context, StoredNetwork network, Map<String, String> metadata) {
    return OnnxExport.of(network, context.settings().network().precision(), metadata);
  }

  /** The model of another lambda of a run, whose tables Spark reads. */
  private static byte[] at(JobContext context, InterpolatedNetwork asked, Network own) {
    try (Session session = Session.open(context)) {
      Network network = asked.network(session.spark(), own);
      return model(context, network, Map.of("relupath.lambda", asked.note()));
    }
  }

  /** What the run says of its network; nothing where it is a file's. */
  private static Map<String, String> certificate(JobContext context) {
    String run = context.settings().network().run();
    if (run == null) {
      return Map.of();
    }
    RunFiles files = RunFiles.open("--run", run, context.hadoop());
    String name = files.has("best/summary.json") ? "best/summary.json" : "summary.json";
    if (!files.has(name)) {
      return Map.of();
    }
    JsonNode summary = files.checked(name, () -> Json.parse(files.text(name)));
    ObjectNode certificate = JsonNodeFactory.instance.objectNode();
    for (String key : CERTIFICATE) {
      if (summary.hasNonNull(key)) {
        certificate.set(key, summary.get(key));
      }
    }
    return Map.of("relupath.certificate", certificate.toString());
  }
}
