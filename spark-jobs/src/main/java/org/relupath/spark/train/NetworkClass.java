package org.relupath.spark.train;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import org.relupath.core.program.Model;
import org.relupath.spark.config.ModelSettings;

/**
 * The networks that a lower bound is a bound for: of any width and with any activation patterns,
 * but of one model, with or without biases, with one output bias, and penalised in one choice of
 * columns. With other columns, or with biases where these have none, there may be better ones.
 *
 * @param model relu or gated
 * @param biases whether neurons have biases, penalised like weights
 * @param columns the columns that weights are of and are penalised in, such as {@code standardised}
 */
public record NetworkClass(Model model, boolean biases, String columns) {
  /** Refuses null. */
  public NetworkClass {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(columns, "columns");
  }

  /** The class of the networks of some settings. */
  public static NetworkClass of(ModelSettings settings) {
    return new NetworkClass(
        settings.model(),
        settings.preprocessing().intercept(),
        switch (settings.preprocessing().scaling()) {
          case STANDARDIZE -> "standardised";
          case SCALE -> "scaled";
          case NONE -> "raw";
        });
  }

  /** Such as {@code ReLU networks}. */
  public String name() {
    return model == Model.GATED ? "gated networks" : "ReLU networks";
  }

  /** What the name leaves open: {@code ", without biases"} or nothing. */
  public String restriction() {
    return biases ? "" : ", without biases";
  }

  /** The class in full, as files have it. */
  @JsonValue
  public String description() {
    return ("%s of any width and with any patterns, %s biases, of this network's output bias,"
            + " penalised in the %s columns")
        .formatted(name(), biases ? "with" : "without", columns);
  }
}
