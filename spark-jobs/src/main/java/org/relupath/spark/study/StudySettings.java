package org.relupath.spark.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.data.Label;
import org.relupath.core.data.NumberText;
import org.relupath.core.program.Model;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.Keys;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.Values;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.durable.CheckpointFolder;
import org.relupath.spark.run.JobContext;
import org.relupath.spark.study.unit.PathUnit;
import org.relupath.spark.study.unit.StudyGrid;
import org.relupath.spark.study.unit.StudyKey;

/**
 * What a study is asked to do: every data set x gate count x model x seed x fold.
 *
 * @param dataSets in alphabetical order
 * @param models which programs
 * @param gateCounts how many gate vectors to draw; of adaptive patterns a program's most
 * @param seeds what they are drawn by
 * @param grid what all paths have in common
 * @param rule how lambda is chosen
 * @param analyses what is done with the optimal networks of every split
 * @param directory the output folder
 * @param mode what to do with what is there
 */
public record StudySettings(
    List<StudyDataSet> dataSets,
    List<Model> models,
    List<Integer> gateCounts,
    List<Long> seeds,
    StudyGrid grid,
    StudyChoice.Rule rule,
    List<Analysis> analyses,
    String directory,
    CheckpointFolder.Mode mode) {

  /** Keys of one path, and what a study has in their place. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "model", "models",
          "gates", "gate-counts",
          "input", "datasets { NAME { input = PATH } }",
          "lambda-ratio", "lambda, or lambdas and lambda-min-ratio",
          "valid", "folds or splits",
          "valid-fraction", "folds or splits",
          "test", "splits and split-test",
          "engine", "segments");

  /**
   * Checks a configuration, and looks at the files that it names.
   *
   * @throws BadInputException naming what is wrong
   */
  public static StudySettings of(JobContext context, Configuration hadoop) {
    ResolvedConfig config = context.configuration();
    Values values = new Values(config);
    refuseOthers(config);
    GateSource.Kind kind = context.settings().model().gateSource().kind();
    if (kind == GateSource.Kind.FILE || kind == GateSource.Kind.EXHAUSTIVE) {
      throw values.refusal(
          "gate-source", "gaussian, sparse or adaptive: gates of every data set's own");
    }
    StudyGrid grid = StudyGrid.of(values, context.settings());
    List<Integer> gateCounts =
        items(values, "gate-counts", "whole numbers of at least 1", StudySettings::count);
    if (gateCounts.size() > 1 && !grid.splits().choosing()) {
      throw values.refusal("gate-counts", "one number where no rows are held out");
    }
    if (config.isExplicit("choose") && !grid.splits().choosing()) {
      throw values.refusal("choose", "rows to choose by (split-valid)");
    }
    boolean resume = values.flag("resume");
    boolean overwrite = context.settings().output().overwrite();
    if (resume && overwrite) {
      throw values.both("resume", "overwrite", "");
    }
    return new StudySettings(
        StudyDataSet.all(config, hadoop),
        items(values, "models", "relu or gated, or both", StudySettings::model),
        gateCounts,
        items(values, "seeds", "whole numbers", NumberText::whole),
        grid,
        values.choice("choose", StudyChoice.Rule.class),
        values.text("analyses") == null
            ? List.of()
            : items(values, "analyses", "candidates or pruning, or both", StudySettings::analysis),
        context.settings().output().directory(),
        resume
            ? CheckpointFolder.Mode.RESUME
            : overwrite ? CheckpointFolder.Mode.OVERWRITE : CheckpointFolder.Mode.NEW);
  }

  /** A key that changes nothing here is more likely a mistake than meant for another command. */
  private static void refuseOthers(ResolvedConfig config) {
    for (String key : config.explicitKeys()) {
      if (!Keys.studyOptions().contains(key) && !key.equals(StudyDataSet.SECTION)) {
        String instead = INSTEAD.get(key);
        throw new BadInputException(
            config.name(key)
                + ": is not for a study"
                + (instead == null ? "" : ", which takes " + instead));
      }
    }
  }

  /**
   * Whether results depend on a key, beside where they go and how the study came to its end: such
   * keys in a file make the same study.
   */
  public boolean matters(String key) {
    return switch (key) {
      case "folds" -> grid.splits().shares() == null;
      case "splits", "split-valid", "split-test" -> grid.splits().shares() != null;
      case "lambda" -> grid.lambda() != null;
      case "lambdas", "lambda-min-ratio" -> grid.lambda() == null;
      case "choose" -> grid.splits().choosing();
      default -> Keys.study().contains(key);
    };
  }

  private static <T> List<T> items(
      Values values, String key, String expected, Function<String, T> parse) {
    List<T> items = new ArrayList<>();
    try {
      for (String text : values.list(key)) {
        T item = parse.apply(text);
        if (items.contains(item)) {
          throw values.refusal(key, expected + ", distinct");
        }
        items.add(item);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw values.refusal(key, expected + ", separated by commas");
    }
    if (items.isEmpty()) {
      throw values.refusal(key, expected + ", separated by commas");
    }
    return List.copyOf(items);
  }

  private static int count(String text) {
    int count = Math.toIntExact(NumberText.whole(text));
    if (count < 1) {
      throw new IllegalArgumentException("not positive");
    }
    return count;
  }

  private static Model model(String text) {
    return named(Model.values(), text);
  }

  private static Analysis analysis(String text) {
    return named(Analysis.values(), text);
  }

  private static <E extends Enum<E>> E named(E[] constants, String text) {
    return Stream.of(constants)
        .filter(constant -> Label.of(constant).equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  /** Where gates come from. */
  public GateSource gateSource() {
    return dataSets.get(0).settings().model().gateSource();
  }

  /** The paths of the study without their folds: in the order of its files. */
  List<StudyKey> keys() {
    List<StudyKey> keys = new ArrayList<>();
    for (StudyDataSet dataSet : dataSets) {
      for (Model model : models) {
        for (int gates : gateCounts) {
          keys.add(new StudyKey(dataSet.name(), model, gates));
        }
      }
    }
    return keys;
  }

  /** The units of its paths, in the order of its files. */
  public List<PathUnit> paths() {
    List<PathUnit> units = new ArrayList<>();
    for (StudyKey key : keys()) {
      for (long seed : seeds) {
        for (int fold = 0; fold < grid.splits().count(); fold++) {
          for (int segment = 0; segment < grid.segments(); segment++) {
            units.add(new PathUnit(key, seed, fold, segment));
          }
        }
      }
    }
    return units;
  }
}
