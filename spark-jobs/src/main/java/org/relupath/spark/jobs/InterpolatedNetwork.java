package org.relupath.spark.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Folding;
import org.relupath.core.network.Network;
import org.relupath.core.network.Neurons;
import org.relupath.core.path.GapBound;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.RunFiles;

/**
 * The network that an earlier run has at a lambda: from lambda_max on it is zero; between two
 * lambdas of a path its weights are interpolated linearly, in the coordinates of the solver, with
 * the bound of bound.csv; a fit has its own lambda alone.
 */
final class InterpolatedNetwork {
  /** Lambdas nearer than this, relatively, are the same. */
  private static final double SAME = 1e-12;

  private final EarlierRun run;
  private final double lambda;
  private final JsonNode summary;
  private final List<GapBound> bounds;

  private InterpolatedNetwork(
      EarlierRun run, double lambda, JsonNode summary, List<GapBound> bounds) {
    this.run = run;
    this.lambda = lambda;
    this.summary = summary;
    this.bounds = bounds;
  }

  /**
   * Looks the lambda up; one that the run says nothing about is refused, before any work.
   *
   * @param run a fit or path
   * @param lambda in the units of the run's loss scaling
   */
  static InterpolatedNetwork find(EarlierRun run, double lambda) {
    RunFiles files = run.files();
    JsonNode summary = files.json(run.isPath() ? "best/summary.json" : "summary.json");
    InterpolatedNetwork found =
        new InterpolatedNetwork(run, lambda, summary, run.isPath() ? bounds(files) : List.of());
    if (!found.zero()) {
      found.refuseOutside();
    }
    return found;
  }

  private static List<GapBound> bounds(RunFiles files) {
    try {
      return BoundTable.read(files.text("bound.csv"));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw files.refusal("bound.csv cannot be read: " + e.getMessage(), e);
    }
  }

  private void refuseOutside() {
    double own = summary.path("lambda").asDouble();
    double least = bounds.isEmpty() ? own : bounds.get(bounds.size() - 1).lower();
    // Generated patterns may have a lambda_max above the first lambda of their grid.
    double most = bounds.isEmpty() ? own : bounds.get(0).upper();
    if (lambda < least * (1 - SAME) || lambda > most * (1 + SAME)) {
      String range = bounds.isEmpty() ? own + ", its only lambda" : "from " + least + " to " + most;
      throw new BadInputException(
          "--lambda: '"
              + lambda
              + "', expected one that --run has: "
              + range
              + ", or "
              + largest()
              + " and above");
    }
  }

  /** The lambda that is asked for, inside an interval to the last bit. */
  private double within(GapBound bound) {
    return Math.min(Math.max(lambda, bound.lower()), bound.upper());
  }

  /** lambda_max. */
  private double largest() {
    return summary.path("lambdaMax").asDouble();
  }

  private boolean zero() {
    return lambda >= largest() * (1 - SAME);
  }

  /** What is known about it, in one line. */
  String told() {
    if (zero()) {
      return String.format(
          Locale.ROOT, "lambda %.6g: the zero network, optimal from %.6g on", lambda, largest());
    }
    if (bounds.isEmpty()) {
      double gap = summary.path("relativeGap").asDouble();
      return String.format(
          Locale.ROOT, "lambda %.6g: the solved one, relative gap %.2e", lambda, gap);
    }
    GapBound bound = bounds.get(interval());
    return String.format(
        Locale.ROOT,
        "lambda %.6g: interpolated between %.6g and %.6g, objective within %.2e ||y||^2/2 of optimal",
        lambda,
        bound.upper(),
        bound.lower(),
        bound.at(within(bound)));
  }

  /** The interval that lambda is in, the larger lambdas' where it is the end of two. */
  private int interval() {
    return IntStream.range(0, bounds.size())
        .filter(k -> lambda >= bounds.get(k).lower())
        .findFirst()
        .orElse(bounds.size() - 1);
  }

  /**
   * The network on raw features.
   *
   * @param own the network that the run chose, for its inputs and preprocessing
   * @param raw rows on which gates stay on the side that they have in the solver's coordinates
   */
  Network network(SparkSession spark, Network own, Matrix raw) {
    if (bounds.isEmpty() && !zero()) {
      return own;
    }
    int d = own.preprocessing().dimension();
    boolean gated = own.model() == Model.GATED;
    Matrix gates = gated && !zero() ? run.gates(spark) : Matrix.zeros(0, d);
    BlockWeights weights = zero() ? BlockWeights.zero(d) : weights(spark, d);
    Neurons neurons = Neurons.of(weights, own.model(), gates);
    return Folding.fold(neurons, own.preprocessing(), own.inputs(), raw);
  }

  private BlockWeights weights(SparkSession spark, int d) {
    GapBound bound = bounds.get(interval());
    double t = (bound.upper() - within(bound)) / (bound.upper() - bound.lower());
    BlockWeights above = stored(spark, interval(), d);
    return above.combine(1 - t, stored(spark, interval() + 1, d), t).compact();
  }

  private BlockWeights stored(SparkSession spark, int index, int d) {
    List<Block> blocks = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (Row row :
        spark
            .read()
            .parquet(run.files().path("coefficients.parquet"))
            .filter(functions.col("lambdaIndex").equalTo(index))
            .collectAsList()) {
      int pattern = row.getInt(row.fieldIndex("gateId"));
      int sign = row.getInt(row.fieldIndex("sign"));
      // What the pattern's bits are on the training rows is not asked here.
      blocks.add(new Block(row.getInt(row.fieldIndex("block")), pattern, sign, new long[0]));
      weights.add(EarlierRun.doubles(row, "w"));
    }
    return new BlockWeights(blocks, d, Matrix.ofRows(weights.toArray(new double[0][])).values());
  }
}
