package org.relupath.spark.config;

import java.util.List;
import java.util.Locale;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.ColumnScaling;
import org.relupath.core.data.DatePart;
import org.relupath.core.data.Missing;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;

/**
 * Which convex program.
 *
 * @param model relu or gated
 * @param gates how many gate vectors to draw
 * @param gateSource where they come from
 * @param seed from which every random choice is derived
 * @param preprocessing what is done to columns and labels before the solver sees them
 * @param classWeights what the rows of a class count for, beside their own weights
 * @param lossScaling sum or mean
 */
public record ModelSettings(
    Model model,
    int gates,
    GateSource gateSource,
    long seed,
    Preprocessing.Options preprocessing,
    ClassWeights classWeights,
    LossScaling lossScaling)
    implements java.io.Serializable {
  /** How the squared error enters the objective. */
  public enum LossScaling {
    /** 1/2 times it. */
    SUM,
    /** 1/(2n) times it, n the sum of the rows' weights. */
    MEAN;

    /**
     * What lambda, objective and all else in the units of a loss that is a sum are divided by.
     *
     * @param weight of the rows that are fitted to: their number where each counts once
     */
    public double scale(double weight) {
      return this == MEAN ? weight : 1;
    }
  }

  /** What happens to a label of two values. */
  enum LabelMapping {
    AUTO,
    NONE
  }

  /**
   * Whether patterns that are searched for or listed are those of open cells alone: those of gates
   * with a row on their border are others, which C-GReLU may have as well.
   */
  public boolean openCells() {
    return model == Model.GATED
        && (gateSource.adapts() || gateSource.kind() == GateSource.Kind.EXHAUSTIVE);
  }

  /** Whether columns are centred, so that zeros do not stay zeros. */
  public boolean centres() {
    return preprocessing.standardize();
  }

  /** That, as the end of what is said of a gap over these patterns; empty where all are meant. */
  public String over() {
    return openCells() ? " over patterns of open cells" : "";
  }

  static ModelSettings of(Values values) {
    boolean amounts =
        values.choice("task", Task.class) == Task.REGRESSION && values.text("positive") == null;
    boolean map =
        values.choice("label-mapping", LabelMapping.class) == LabelMapping.AUTO && !amounts;
    return new ModelSettings(
        values.choice("model", Model.class),
        values.count("gates"),
        GateSource.of(values),
        values.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        new Preprocessing.Options(
            scaling(values),
            values.flag("intercept"),
            values.flagOrAuto("center-label"),
            map,
            new Preparation.Options(values.choice("missing", Missing.class), dates(values))),
        values.choice("class-weights", ClassWeights.class),
        values.choice("loss-scaling", LossScaling.class));
  }

  private static ColumnScaling scaling(Values values) {
    return switch (String.valueOf(values.text("standardize")).toLowerCase(Locale.ROOT)) {
      case "true" -> ColumnScaling.STANDARDIZE;
      case "false" -> ColumnScaling.NONE;
      case "scale" -> ColumnScaling.SCALE;
      default -> throw values.refusal("standardize", "true, false or scale");
    };
  }

  private static List<DatePart> dates(Values values) {
    return values.choices("dates", DatePart.class);
  }
}
