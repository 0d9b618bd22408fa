package org.relupath.spark.ml.param;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.Identifiable;
import org.relupath.spark.config.Keys;
import org.relupath.spark.config.Reference;
import org.relupath.spark.config.ResolvedConfig;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.train.SettingNames;
import scala.Function1;

/**
 * Params that are keys of {@code reference.conf}, which has their texts, defaults and what they may
 * be; other defaults are in {@code estimator-defaults.conf}. A Param is named as Spark names it
 * where Spark has one of its kind, and else as its key, in camel case.
 */
public final class KeyParams {
  /** The keys that are Params. */
  public static final List<String> KEYS =
      Keys.of(
          "lambda lambda-ratio lambdas lambda-min-ratio model gates gate-source search-starts"
              + " search-tolerance enumeration-limit seed standardize intercept center-label"
              + " class-weights tolerance max-iterations time-limit engine segments"
              + " warm-start");

  /** Keys whose Params have another name. */
  private static final Map<String, String> SPARK_NAMES =
      Map.of(
          "lambda", "regParam",
          "warm-start", "initialModel",
          "tolerance", "tol",
          "max-iterations", "maxIter",
          "intercept", "fitIntercept",
          "label", "labelCol",
          "features", "featuresCol",
          "weights", "weightCol",
          "probabilities", "probabilityCol");

  private static final Pattern DASHED = Pattern.compile("-([a-z])");

  /** What a refusal ends in that speaks of keys which are no Params. */
  private static final Pattern OTHERS = Pattern.compile(" \\((missing|drop) [^()]*\\)$");

  /** What refusals call settings. */
  private static final SettingNames NAMES = SettingNames.of(KeyParams::name);

  private static final Reference REFERENCE = Reference.load();

  /** What estimators lay over the reference. */
  private static final Config PRESET = Reference.resource("estimator-defaults.conf");

  private static final ResolvedConfig DEFAULTS = config(Map.of());

  private KeyParams() {}

  /** The Param of a key. */
  public static String name(String key) {
    return SPARK_NAMES.getOrDefault(
        key, DASHED.matcher(key).replaceAll(dash -> dash.group(1).toUpperCase(Locale.ROOT)));
  }

  /** What a key means. */
  static String text(String key) {
    return REFERENCE.text(key);
  }

  static DoubleParam number(Params owner, String key) {
    return new DoubleParam((Identifiable) owner, name(key), text(key), fits(key));
  }

  static IntParam count(Params owner, String key) {
    return new IntParam((Identifiable) owner, name(key), text(key), fits(key));
  }

  static LongParam whole(Params owner, String key) {
    return new LongParam((Identifiable) owner, name(key), text(key), fits(key));
  }

  static BooleanParam flag(Params owner, String key) {
    return new BooleanParam((Identifiable) owner, name(key), text(key));
  }

  /** A Param of texts. */
  public static Param<String> choice(Params owner, String key) {
    return new Param<>((Identifiable) owner, name(key), text(key), fits(key));
  }

  /** Gives Params the defaults of their keys, as far as these have any. */
  public static void setDefaults(Params owner) {
    for (String key : KEYS) {
      String text = DEFAULTS.text(key);
      if (text != null && owner.hasParam(name(key))) {
        Param<Object> param = owner.getParam(name(key));
        owner.setDefault(param, parsed(param, text));
      }
    }
  }

  private static Object parsed(Param<?> param, String text) {
    if (param instanceof DoubleParam) {
      return Double.valueOf(text);
    }
    if (param instanceof IntParam) {
      return Integer.valueOf(text);
    }
    if (param instanceof LongParam) {
      return Long.valueOf(text);
    }
    return param instanceof BooleanParam ? (Object) Boolean.valueOf(text) : text;
  }

  /** The keys that Params of a stage give a value. */
  public static Map<String, String> values(Params owner) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : KEYS) {
      if (owner.hasParam(name(key)) && owner.isDefined(owner.getParam(name(key)))) {
        values.put(key, owner.getOrDefault(owner.getParam(name(key))).toString());
      }
    }
    return values;
  }

  private static ResolvedConfig config(Map<String, String> values) {
    return ResolvedConfig.of(REFERENCE, values, List.of(), null, PRESET);
  }

  /**
   * Settings by key, as texts, over the estimators' defaults of all others.
   *
   * @throws IllegalArgumentException naming the Param, its value and what was expected
   */
  public static RunSettings settings(Map<String, String> values) {
    return in(() -> RunSettings.of(config(values)));
  }

  /** A text that names settings, in the names of Params. */
  public static String named(String text) {
    return NAMES.renamed(text);
  }

  /** Does some work, whose refusals name Params and are of the kind that Spark knows. */
  public static <T> T in(Supplier<T> work) {
    try {
      return NAMES.in(work);
    } catch (BadInputException e) {
      throw new IllegalArgumentException(OTHERS.matcher(e.getMessage()).replaceFirst(""), e);
    }
  }

  /**
   * Whether a Param may have a value: else it is refused with what was expected. What depends on
   * other keys as well is refused by a fit.
   */
  @SuppressWarnings("unchecked") // values of any type are told by their texts
  private static <T> Function1<T, Object> fits(String key) {
    return (Function1<T, Object> & Serializable)
        value -> {
          // Rows on executors are for gated networks unless gates are said.
          settings(
              key.equals("engine")
                  ? Map.of(key, value.toString(), "model", "gated")
                  : Map.of(key, value.toString()));
          return true;
        };
  }
}
