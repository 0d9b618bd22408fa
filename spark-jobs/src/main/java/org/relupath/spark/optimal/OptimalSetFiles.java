package org.relupath.spark.optimal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.NetworkObjective;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.SensitivityTable;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.NetworkMetrics;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.earlier.Continuation;
import org.relupath.spark.io.Json;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.table.CsvTable;
import org.relupath.spark.result.CoefficientTable;
import org.relupath.spark.run.Phases;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;

/**
 * The files of {@code optimal-set}. The folder's own are about one lambda, that of the fit or the
 * one that the path chose; where all lambdas of a path were looked at, {@code lambdas.csv} has a
 * row and {@code lambdas/K/} the same files for each of them.
 */
public final class OptimalSetFiles {
  private final Continuation earlier;
  private final Program program;
  private final ProgramExporter exporter;
  private final TrainingData data;
  private final OutputDirectory output;
  private final List<OptimalSetResult> findings;

  /** The files of what was found at each lambda, largest lambda first. */
  public OptimalSetFiles(Continuation earlier, List<OptimalSetResult> findings) {
    this.earlier = earlier;
    this.program = earlier.program();
    this.data = earlier.data();
    this.exporter = new ProgramExporter(program, data);
    this.output = earlier.workspace().output();
    this.findings = findings;
  }

  /** The files that a user will look at first. */
  public List<String> first() {
    return findings.size() == 1
        ? List.of("optimal-set.json", "report.html")
        : List.of("optimal-set.json", "lambdas.csv", "report.html");
  }

  /** Writes them: those of the lambda that the run chose at the top, others in folders. */
  public void write(Phases phases) throws IOException {
    OptimalSetResult main = findings.get(earlier.main());
    if (findings.size() > 1) {
      output.write("lambdas.csv", table());
      for (OptimalSetResult found : findings) {
        write("lambdas/" + found.index() + "/", found, null);
      }
      new CoefficientTable(
              findings.stream().map(found -> found.candidates().get("min_norm")).toList())
          .write(earlier.workspace().spark(), output, "min-norm.parquet");
    }
    write("", main, phases);
  }

  private void write(String prefix, OptimalSetResult found, Phases phases) throws IOException {
    Map<String, Object> candidates = new LinkedHashMap<>();
    List<CandidateRow> rows = new ArrayList<>();
    OptimalReports reports = new OptimalReports(earlier);
    for (Map.Entry<String, BlockWeights> candidate : found.candidates().entrySet()) {
      String name = candidate.getKey();
      BlockWeights weights = candidate.getValue();
      double lambda = found.solution().certificate().lambda();
      Network network = exporter.network(weights, lambda);
      output.write(prefix + "candidates/" + name + "/network.json", NetworkFile.write(network));
      ForwardPass pass = ForwardPass.of(network, data.train().features());
      double[] targets = network.preprocessing().mapped(data.train().targets());
      double objective =
          NetworkObjective.of(network, pass, targets, lambda).value() / program.lossScale();
      NetworkMetrics metrics =
          new NetworkMetrics(
              Metrics.of(pass, data.train().targets(), program.labels()),
              program.measure(network, data.valid()),
              program.measure(network, data.test()));
      CandidateRow row = reports.candidate(name, objective, weights, network.width(), metrics);
      rows.add(row);
      Map<String, Object> measured = new LinkedHashMap<>();
      measured.put("neurons", network.width());
      measured.put("objective", row.objective());
      measured.put("norm", row.norm());
      measured.put("train", metrics.train());
      measured.put("valid", metrics.valid());
      measured.put("test", metrics.test());
      candidates.put(name, measured);
    }
    Map<String, Object> fields = fields(found);
    fields.put("candidates", candidates);
    if (phases != null) {
      new MemberTable(found).write(earlier.workspace().spark(), output, prefix);
      SensitivityTable.of(found.index(), found.sensitivity(), program.lossScale())
          .write(earlier.workspace().spark(), output);
      fields.put("seconds", phases.seconds());
      output.write(prefix + "report.html", reports.optimalSet(found, rows));
      if (found.picture() != null) {
        output.write(prefix + "polytope.csv", found.picture().csv());
      }
    }
    output.write(prefix + "optimal-set.json", Json.pretty(fields));
  }

  private Map<String, Object> fields(OptimalSetResult found) {
    double unit = program.lossScale();
    Certificate certificate = found.solution().certificate();
    OptimalSetSummary figures = found.figures();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("lambdaIndex", found.index());
    fields.put("lambda", certificate.lambda() / unit);
    fields.put("lambdaRatio", certificate.lambda() / program.referenceLambda());
    fields.put("objective", certificate.objective() / unit);
    fields.put("dualObjective", certificate.dualObjective() / unit);
    fields.put("relativeGap", certificate.relativeGap());
    fields.put("status", found.solution().status().label());
    fields.put("columns", columns());
    fields.put("dimension", figures.dimension());
    fields.put("mergedDimension", figures.mergedDimension());
    fields.put("functionDimension", figures.functionDimension());
    fields.put("dimensionCertain", figures.dimensionCertain());
    fields.put("functionDimensionCertain", figures.functionCertain());
    fields.put("unique", figures.uniqueOrUncertain());
    fields.put("decidedBy", figures.uniqueness());
    fields.put("equicorrelated", figures.equicorrelated());
    fields.put("undecided", figures.undecided());
    fields.put("mergedNeurons", figures.neurons());
    fields.put("undecidedNeurons", figures.undecidedNeurons());
    fields.put("supportMax", figures.supportMax());
    fields.put("supportMaxNeurons", figures.supportMaxNeurons());
    fields.put("rank", figures.rank());
    fields.put("alphaSum", figures.alphaSum() * unit);
    fields.put("smallestWidth", found.smallestWidth());
    fields.put("smallestWidthBound", found.widthBound());
    fields.put("provenSmallest", found.provenSmallest());
    fields.put("provenBy", found.provenBy());
    fields.put("vertices", found.vertices().size());
    fields.put("verticesComplete", found.verticesComplete());
    fields.put("samples", found.samples().size());
    fields.put("validDisagreement", found.validDisagreement());
    fields.put("testDisagreement", found.testDisagreement());
    fields.put("sensitivity", found.sensitivity().fields());
    fields.put("extremes", extremes(found));
    return fields;
  }

  private String columns() {
    return earlier.settings().analysis().columns().name().toLowerCase(java.util.Locale.ROOT);
  }

  /** In weights ||w_b||, the norm of a neuron's block; its alpha is that divided by lambda. */
  private static List<Map<String, Object>> extremes(OptimalSetResult found) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (NeuronRange extreme : found.neurons()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("blocks", extreme.blocks());
      fields.put("sign", extreme.sign());
      fields.put("norm", extreme.solver());
      fields.put("minNorm", extreme.least());
      fields.put("maxNorm", extreme.most());
      list.add(fields);
    }
    return list;
  }

  private static final List<String> COLUMNS =
      List.of(
          "index",
          "lambda",
          "lambdaRatio",
          "relativeGap",
          "optimalSetDimension",
          "mergedDimension",
          "functionDimension",
          "unique",
          "equicorrelated",
          "undecided",
          "supportMax",
          "smallestWidth",
          "provenSmallest",
          "minNormNeurons",
          "seconds",
          "status");

  private String table() {
    CsvTable table = new CsvTable(COLUMNS);
    for (OptimalSetResult found : findings) {
      Certificate certificate = found.solution().certificate();
      OptimalSetSummary figures = found.figures();
      table.row(
          found.index(),
          certificate.lambda() / program.lossScale(),
          certificate.lambda() / program.referenceLambda(),
          certificate.relativeGap(),
          figures.dimension(),
          figures.mergedDimension(),
          figures.functionDimension(),
          figures.unique(),
          figures.equicorrelated(),
          figures.undecided(),
          figures.supportMax(),
          found.smallestWidth(),
          found.provenSmallest(),
          found.candidates().get("min_norm").size(),
          found.seconds(),
          found.solution().status().label());
    }
    return table.text();
  }
}
