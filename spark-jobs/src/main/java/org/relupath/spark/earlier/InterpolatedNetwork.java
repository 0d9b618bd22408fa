package org.relupath.spark.earlier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Folding;
import org.relupath.core.network.Network;
import org.relupath.core.network.Neurons;
import org.relupath.core.network.StoredNetwork;
import org.relupath.core.path.GapBound;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.JsonObject;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.io.table.StoredTable;
import org.relupath.spark.result.BoundTable;
import org.relupath.spark.run.JobContext;

/**
 * The network that an earlier run has at a lambda: from lambda_max on it is zero; between two
 * lambdas of a path its weights are interpolated linearly, in the coordinates of the solver, with
 * the bound of bound.csv; a fit has its own lambda alone.
 */
public final class InterpolatedNetwork {
  /** Lambdas nearer than this, relatively, are the same. */
  private static final double SAME = 1e-12;

  private static final StructType COEFFICIENTS =
      new StructType()
          .add("lambdaIndex", DataTypes.IntegerType)
          .add("block", DataTypes.IntegerType)
          .add("gateId", DataTypes.IntegerType)
          .add("sign", DataTypes.IntegerType)
          .add("w", DataTypes.createArrayType(DataTypes.DoubleType));

  private final RunFolder run;
  private final double lambda;
  private final Summarised summary;
  private final List<GapBound> bounds;

  /**
   * What summary.json says.
   *
   * @param lambda of the run's own network
   * @param largest lambda_max
   * @param gap relative, of that network
   */
  private record Summarised(double lambda, double largest, double gap) {
    static Summarised of(JsonObject summary) {
      return new Summarised(
          summary.number("lambda", 0, true),
          summary.number("lambdaMax", 0, false),
          summary.number("relativeGap", 0, false));
    }
  }

  private InterpolatedNetwork(
      RunFolder run, double lambda, Summarised summary, List<GapBound> bounds) {
    this.run = run;
    this.lambda = lambda;
    this.summary = summary;
    this.bounds = bounds;
  }

  /**
   * The lambda of a run that --lambda or --lambda-index asks for; null where it is the one that the
   * run chose.
   *
   * @param own the network of --run or --network
   */
  public static InterpolatedNetwork asked(JobContext context, StoredNetwork own) {
    OptionalDouble lambda = context.settings().lambda().lambda();
    Integer index = context.settings().analysis().lambdaIndex();
    Continuation.refuseBoth(context.settings());
    if (lambda.isEmpty() && index == null) {
      return null;
    }
    String option = index == null ? "--lambda" : "--lambda-index";
    if (context.settings().network().run() == null) {
      throw new BadInputException(option + ": a network has no other, expected --run");
    }
    if (!(own instanceof Network)) {
      throw new BadInputException(
          option + ": a run of several outputs has one in each, expected --run of one in outputs/");
    }
    RunFolder run = RunFolder.open(context);
    if (index == null) {
      return find(run, lambda.getAsDouble());
    }
    List<GapBound> bounds = run.isPath() ? bounds(run.files()) : List.of();
    if (index > bounds.size()) {
      throw new BadInputException(
          "--lambda-index: '" + index + "', expected a whole number from 0 to " + bounds.size());
    }
    if (bounds.isEmpty() || index == run.chosen()) {
      return null;
    }
    return find(run, index == 0 ? bounds.get(0).upper() : bounds.get(index - 1).lower());
  }

  /**
   * Looks the lambda up; one that the run says nothing about is refused, before any work.
   *
   * @param run a fit or path
   * @param lambda in the units of the run's loss scaling
   */
  public static InterpolatedNetwork find(RunFolder run, double lambda) {
    RunFiles files = run.files();
    String name = run.isPath() ? "best/summary.json" : "summary.json";
    Summarised summary = files.json(name, Summarised::of);
    List<GapBound> bounds = run.isPath() ? bounds(files) : List.of();
    InterpolatedNetwork found =
        new InterpolatedNetwork(run, printed(lambda, summary, bounds), summary, bounds);
    if (!found.zero()) {
      found.refuseOutside();
    }
    return found;
  }

  /**
   * The solved lambda, or lambda_max, that is printed as this one, with six digits; else this one.
   * What was printed is rounded, at the ends of a path to outside of it.
   */
  private static double printed(double lambda, Summarised summary, List<GapBound> bounds) {
    DoubleStream solved =
        DoubleStream.concat(
            DoubleStream.of(summary.lambda(), summary.largest()),
            bounds.stream().flatMapToDouble(b -> DoubleStream.of(b.upper(), b.lower())));
    return solved
        .filter(s -> Double.parseDouble(String.format(Locale.ROOT, "%.6g", s)) == lambda)
        .boxed()
        .min(Comparator.comparingDouble(s -> Math.abs(s - lambda)))
        .orElse(lambda);
  }

  private static List<GapBound> bounds(RunFiles files) {
    return files.checked("bound.csv", () -> BoundTable.read(files.text("bound.csv")));
  }

  private void refuseOutside() {
    double own = summary.lambda();
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
    return summary.largest();
  }

  private boolean zero() {
    return lambda >= largest() * (1 - SAME);
  }

  /** What is known about it, in one line. */
  public String note() {
    if (zero()) {
      return String.format(
          Locale.ROOT, "lambda %.6g: the zero network, optimal from %.6g on", lambda, largest());
    }
    if (bounds.isEmpty()) {
      return String.format(
          Locale.ROOT, "lambda %.6g: the solved one, relative gap %.2e", lambda, summary.gap());
    }
    GapBound bound = bounds.get(interval());
    return String.format(
        Locale.ROOT,
        "lambda %.6g: interpolated between %.6g and %.6g, objective within %.2e ||y||^2/2 of"
            + " optimal",
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
   */
  public Network network(SparkSession spark, Network own) {
    if (bounds.isEmpty() && !zero()) {
      return own;
    }
    int d = own.preprocessing().dimension();
    boolean gated = own.model() == Model.GATED;
    Matrix gates = gated && !zero() ? run.gates(spark, d) : Matrix.zeros(0, d);
    BlockWeights weights = zero() ? BlockWeights.zero(d) : weights(spark, d);
    Neurons neurons = Neurons.of(weights, own.model(), gates);
    // What a row's prediction is does not depend on the rows that are predicted with it.
    Matrix none = Matrix.zeros(0, own.inputs().size());
    return Folding.fold(neurons, own.preprocessing(), own.inputs(), none);
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
    StoredTable.open(spark, run.files(), "coefficients.parquet", COEFFICIENTS)
        .each(
            "lambdaIndex = " + index,
            row -> {
              int pattern = row.whole("gateId", 0, Integer.MAX_VALUE);
              int block = row.whole("block", 0, Integer.MAX_VALUE);
              // What the pattern's bits are on the training rows is not asked here.
              blocks.add(new Block(block, pattern, row.sign(), new long[0]));
              return weights.add(row.vector("w", d));
            });
    return new BlockWeights(blocks, d, Matrix.ofRows(weights.toArray(new double[0][])).values());
  }
}
