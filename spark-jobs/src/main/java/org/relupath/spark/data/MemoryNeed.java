package org.relupath.spark.data;

import java.util.Locale;
import java.util.Optional;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.Design;
import org.relupath.core.linalg.Capacity;
import org.relupath.core.program.Model;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.io.BadInputException;

/**
 * What solving takes of the driver's memory, known before any of it is taken.
 *
 * <p>X, its copies, patterns and correlations are certain. A Newton system is as large as the
 * solution has free columns, at worst n x n: that one is possible only.
 *
 * @param size the program's size, for people
 * @param certain bytes that any solve takes
 * @param possible bytes that a solve may take
 */
public record MemoryNeed(String size, double certain, double possible) {
  /** What to do about it. */
  public static final String HINT = "-- --driver-memory 16g at the end gives the driver more";

  /** Raw rows, X, its rows of unit length, and scratch copies where X is weighted. */
  private static final int COPIES = 6;

  /** Of a pattern while it is sorted, told from others and priced, beside its own numbers. */
  private static final double OBJECTS = 250;

  /** Of a pattern that is told from others by its sums of keys, as objects. */
  private static final double KEYS = 300;

  /** Bases that are there at once at least: that of a face, and the copy that is kept. */
  private static final double FACES = 2;

  /** Of a number of a sparse matrix, with its column. */
  private static final double SPARSE = 12;

  /** Vectors of n entries that a block has while it is worked on. */
  private static final double WORK_ROWS = 6;

  /** Vectors of d entries that it has. */
  private static final double WORK_COLUMNS = 9;

  private static final double GIGABYTE = 1L << 30;

  /**
   * What rows alone need, as they are encoded: texts become as many columns as they have levels.
   */
  public static MemoryNeed ofRows(int n, int d) {
    double x = 8.0 * COPIES * n * d;
    return new MemoryNeed(String.format(Locale.ROOT, "%d rows x %d columns", n, d), x, x);
  }

  /**
   * What rows alone need, as they are encoded: of sparse ones the numbers count.
   *
   * @param cells the raw rows
   * @param d columns that they become
   * @param intercept whether one of these has a number in every row
   */
  public static MemoryNeed ofRows(Design cells, int d, boolean intercept) {
    int n = cells.rows();
    if (!cells.isSparse()) {
      return ofRows(n, d);
    }
    long numbers = cells.size() + (intercept ? n : 0);
    double x = SPARSE * COPIES * numbers;
    return new MemoryNeed(size(n, d, numbers), x, x);
  }

  private static String size(int n, int d, long numbers) {
    return String.format(Locale.ROOT, "%d rows x %d columns with %d numbers", n, d, numbers);
  }

  /** The need of a program with at most {@code gates} patterns. */
  public static MemoryNeed of(int n, int d, int gates, Model model) {
    double x = 8.0 * COPIES * n * d;
    double patterns = bits(n, gates);
    double correlations = 8.0 * (model == Model.RELU ? 3 : 1) * gates * d;
    double matrices = x + patterns + correlations;
    String size = String.format(Locale.ROOT, "%d rows x %d columns x %d gates", n, d, gates);
    double newton = Math.min(n, (double) gates * model.signs() * d);
    // A Gram matrix of the columns, where there are no more of them than rows.
    matrices += 8.0 * Math.min(n, (double) d) * d;
    return new MemoryNeed(size, matrices, matrices + 2 * 8 * newton * newton);
  }

  /**
   * The need of a program of an X, with at most {@code gates} patterns.
   *
   * <p>A sparse one has no Gram matrix and no Newton system; what a solve takes beside the patterns
   * is vectors of n and of d entries for each block that it works on, at worst for all of them.
   *
   * @throws BadInputException if the gates have more numbers than one array holds
   */
  public static MemoryNeed of(Design x, int gates, Model model) {
    if ((long) gates * x.columns() > Capacity.MOST) {
      throw new BadInputException(
          "--gates: %s of %s columns have more numbers than one array, expected at most %s"
              .formatted(gates, x.columns(), Capacity.MOST / x.columns()));
    }
    if (!x.isSparse()) {
      return of(x.rows(), x.columns(), gates, model);
    }
    double n = x.rows();
    double d = x.columns();
    double blocks = (double) gates * model.signs();
    String size = size(x.rows(), x.columns(), x.size()) + " x " + gates + " gates";
    double patterns = bits(n, gates);
    double certain = SPARSE * COPIES * x.size() + patterns + 8 * gates * 2 * d + 8 * blocks * d;
    return new MemoryNeed(size, certain, certain + 8 * blocks * (WORK_ROWS * n + WORK_COLUMNS * d));
  }

  /**
   * The need of the programs of several outputs, all there at once: of one X and one set of
   * patterns, or of one for each where they depend on labels. Only those that are solved side by
   * side have correlations.
   *
   * @param x of the first output
   * @param gates patterns at most, of one output
   * @param elsewhere whether executors have the patterns
   * @param settings say what depends on labels
   * @param outputs how many there are
   * @param sideBySide how many of them are solved at once
   */
  public static MemoryNeed ofOutputs(
      Design x, int gates, boolean elsewhere, ModelSettings settings, int outputs, int sideBySide) {
    Model model = settings.model();
    MemoryNeed one = elsewhere ? ofGatesElsewhere(x, gates, model) : of(x, gates, model);
    double copy = (x.isSparse() ? SPARSE : 8) * x.size();
    double patterns = elsewhere ? gatesHere(x, gates) : bits(x.rows(), gates);
    boolean weighted = settings.classWeights() != ClassWeights.NONE;
    double copies = weighted ? 1 + outputs * (COPIES - 1.0) : COPIES;
    double sets = weighted || settings.gateSource().adapts() ? outputs : 1;
    double solving = one.certain - COPIES * copy - patterns;
    double certain = copies * copy + sets * patterns + sideBySide * solving;
    return new MemoryNeed(
        outputs + " outputs of " + one.size,
        certain,
        certain + sideBySide * (one.possible - one.certain));
  }

  /** The bits of patterns, and of their distinct ones. */
  private static double bits(double n, double gates) {
    return 2.0 / 8 * n * gates;
  }

  private static double gatesHere(Design x, double gates) {
    return gates * (2 * 8.0 * x.columns() + KEYS);
  }

  /** The need of a program whose optimal networks are looked at: bases of faces, d x d each. */
  public static MemoryNeed ofAnalysis(int n, int d, int gates, Model model) {
    MemoryNeed need = of(n, d, gates, model);
    double faces = model == Model.RELU ? FACES * 8.0 * d * d : 0;
    return new MemoryNeed(
        need.size + ", with an analysis of the optimal set,",
        need.certain + faces,
        need.possible + faces);
  }

  /** The driver's need where executors have the patterns and price them. */
  public static MemoryNeed ofGatesElsewhere(Design x, int gates, Model model) {
    MemoryNeed whole = of(x, gates, model);
    double matrices = (x.isSparse() ? SPARSE : 8) * COPIES * x.size() + gatesHere(x, gates);
    return new MemoryNeed(whole.size, matrices, matrices + whole.possible - whole.certain);
  }

  /** The need of patterns that are found one by one, as objects, before they are a program. */
  static MemoryNeed ofEnumerated(int n, int d, int patterns, Model model) {
    MemoryNeed need = of(n, d, patterns, model);
    double objects = patterns * (OBJECTS + n / 8.0 + 3 * 8.0 * d);
    return new MemoryNeed(
        String.format(Locale.ROOT, "%d rows x %d columns with up to %d patterns", n, d, patterns),
        need.certain + objects,
        need.possible + objects);
  }

  /**
   * Refuses a program that memory cannot hold.
   *
   * @param available the driver's heap, in bytes
   * @throws BadInputException saying how much it needs and how much there is
   */
  public void requireFits(long available) {
    if (!fits(available)) {
      throw new BadInputException(
          "--input: " + sentence("about", certain, available) + ": " + HINT);
    }
  }

  /** Whether memory of so many bytes holds it. */
  public boolean fits(long available) {
    return certain <= available;
  }

  /** A warning where a solve may, but need not, take more than there is. */
  public Optional<String> warning(long available) {
    return possible <= available
        ? Optional.empty()
        : Optional.of(
            sentence("up to", possible, available) + ", where many blocks are active: " + HINT);
  }

  /** A note that fewer are solved side by side than there are cores for. */
  public String slower(long available, int sideBySide) {
    return sentence("about", certain, available)
        + " side by side: "
        + sideBySide
        + " at a time; "
        + HINT;
  }

  private String sentence(String about, double bytes, long available) {
    return String.format(
        Locale.ROOT,
        "%s need %s %.1f GB of the driver's memory, it has %.1f GB",
        size,
        about,
        bytes / GIGABYTE,
        available / GIGABYTE);
  }
}
