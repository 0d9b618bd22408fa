package org.relupath.spark.jobs;

import java.util.List;
import java.util.Map;
import org.relupath.spark.config.Keys;

/** The commands there are. */
final class Commands {
  private Commands() {}

  static List<Command> all() {
    return List.of(
        new Command(
            "demo",
            "Solves a whole path on bundled data and leaves it in ./relupath-demo.",
            Keys.join(
                Keys.of("valid-fraction"),
                Keys.MODEL,
                Keys.of("lambdas lambda-min-ratio analyze"),
                Keys.SOLVER,
                Keys.of("output")),
            List.of(),
            Map.of(),
            "demo.conf",
            new PathJob("org/relupath/demo/breast-cancer-wisc-diag.csv")),
        new Command(
            "fit",
            "Finds a globally optimal network for one lambda, with a proof.",
            Keys.join(
                Keys.DATA,
                Keys.MODEL,
                Keys.FIT,
                Keys.of("warm-start analyze solver"),
                Keys.SOLVER,
                Keys.SCORES,
                Keys.OUTPUT),
            Keys.of("input output"),
            new FitJob()),
        new Command(
            "path",
            "Solves a path of lambdas, every one with a proof, and chooses the best network.",
            Keys.join(
                Keys.DATA,
                Keys.MODEL,
                Keys.PATH,
                Keys.of("warm-start analyze"),
                Keys.SOLVER,
                Keys.SCORES,
                Keys.OUTPUT),
            Keys.of("input output"),
            new PathJob()),
        new Command(
            "study",
            "Solves the paths of many data sets, folds, gate seeds and models, from one --config"
                + " file.",
            Keys.studyOptions(),
            Keys.of("output"),
            Map.of(),
            "study-defaults.conf",
            new StudyJob()),
        new Command(
            "optimal-set",
            "Tells all optimal networks of an earlier fit or path: how many, which, and the best of"
                + " them.",
            Keys.join(
                Keys.of("run lambda lambda-index columns vertices samples"),
                Keys.ROWS,
                Keys.LIMITS,
                Keys.OUTPUT),
            Keys.of("run output"),
            new OptimalSetJob()),
        new Command(
            "prune",
            "Prunes the network of an earlier fit or path: exactly to a minimal one, then further.",
            Keys.join(
                Keys.of("run lambda lambda-index vertices"), Keys.ROWS, Keys.LIMITS, Keys.OUTPUT),
            Keys.of("run output"),
            new PruneJob()),
        new Command(
            "audit",
            "Tells how far from optimal a network is, trained here or elsewhere, and finds a better"
                + " one.",
            Keys.join(
                Keys.of(
                    "network run features standardize input format delimiter header label positive"),
                Keys.of("weights class-weights"),
                Keys.of("lambda lambda-ratio loss-scaling"),
                Keys.of("gates gate-source search-starts search-tolerance"),
                Keys.of("seed enumeration-limit tolerance"),
                Keys.LIMITS,
                Keys.OUTPUT),
            Keys.of("input output"),
            Map.of(),
            "audit-defaults.conf",
            new AuditJob()),
        new Command(
            "predict",
            "Scores rows with a network; picks its inputs by name and needs no label.",
            Keys.join(
                Keys.of("network run features lambda input format delimiter header id"),
                Keys.of("prediction-format"),
                Keys.OUTPUT),
            Keys.of("input output"),
            new PredictJob()),
        new Command(
            "export",
            "Writes a network as an ONNX model, with the preparation of its columns, its labels and"
                + " probabilities.",
            Keys.join(
                Keys.of("network run features lambda lambda-index export-format precision"),
                Keys.OUTPUT),
            Keys.of("output"),
            Map.of("export-format", "--format"),
            null,
            new ExportJob()),
        new Command(
            "generate",
            "Writes synthetic rows with a known ReLU network behind them.",
            Keys.join(
                Keys.of("rows feature-count teacher-neurons noise seed format label"), Keys.OUTPUT),
            Keys.of("output"),
            new GenerateJob()));
  }
}
