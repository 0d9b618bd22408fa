package org.relupath.spark.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateFile;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.GateStream;
import org.relupath.core.gates.ListedGates;
import org.relupath.core.gates.arrangement.CellSearch;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.BorderGates;
import org.relupath.core.program.Model;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.InputPath;

/** The gate vectors that settings ask for. */
public final class Gates {
  /** Drawn gates that adaptive ones start from, but no more than half of what they may be. */
  private static final int FIRST = 10;

  private Gates() {}

  /** Refuses a gate file that is not there, before any work. */
  public static void check(ModelSettings settings, Configuration hadoop) {
    GateSource source = settings.gateSource();
    if (source.kind() != GateSource.Kind.FILE) {
      return;
    }
    if (!path(source, hadoop).status().isFile()) {
      throw new BadInputException("--gate-source file:" + source.file() + ": no such file");
    }
  }

  /**
   * Draws, reads or enumerates gates; of adaptive ones the first few.
   *
   * @param settings the model's settings
   * @param x X, ones column included
   * @param hadoop how to reach file systems
   * @param cells goes through the chunks of a search
   * @return gate vectors, one a row
   */
  public static Matrix vectors(
      ModelSettings settings,
      Design x,
      Configuration hadoop,
      Function<CellSearch, PatternEnumeration> cells) {
    GateSource source = settings.gateSource();
    return switch (source.kind()) {
      case FILE, GAUSSIAN, SPARSE, ADAPTIVE -> listed(settings, x.columns(), hadoop);
      case EXHAUSTIVE -> enumerated(settings, x, cells);
    };
  }

  /** Reads gates, or draws them: they do not depend on X but for its number of columns. */
  public static Matrix listed(ModelSettings settings, int dimension, Configuration hadoop) {
    GateSource source = settings.gateSource();
    return source.kind() == GateSource.Kind.FILE
        ? read(source, dimension, hadoop)
        : drawn(settings, dimension);
  }

  /**
   * Draws gates, of adaptive ones the first few: those of the settings' seed, in the columns of an
   * X of that many.
   */
  public static Matrix drawn(ModelSettings settings, int dimension) {
    int all = settings.gates();
    boolean adapts = settings.gateSource().adapts();
    return sampler(settings, dimension).sample(adapts ? Math.min(FIRST, (all + 1) / 2) : all);
  }

  /**
   * Gates of a gated model that may pass through rows, as those of a file or sparse ones do, moved
   * off them: see {@link BorderGates}. Others as they are, the very matrix.
   *
   * @param raw the rows that X was made of
   */
  public static Matrix offBorders(
      ModelSettings settings, Preprocessing preprocessing, Design raw, Design x, Matrix gates) {
    GateSource.Kind kind = settings.gateSource().kind();
    boolean may = kind == GateSource.Kind.FILE || kind == GateSource.Kind.SPARSE;
    return settings.model() == Model.GATED && may ? moved(preprocessing, raw, x, gates) : gates;
  }

  private static Matrix moved(Preprocessing preprocessing, Design raw, Design x, Matrix gates) {
    try {
      return BorderGates.moved(preprocessing, raw, x, gates);
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--gate-source: " + e.getMessage(), e);
    }
  }

  /** The gates of all cells of X. */
  public static Matrix enumerated(
      ModelSettings settings, Design x, Function<CellSearch, PatternEnumeration> cells) {
    try {
      CellSearch search = CellSearch.of(x.dense(), settings.gateSource().limit());
      int most = search.most().intValueExact();
      MemoryNeed.ofEnumerated(x.rows(), x.columns(), most, settings.model())
          .requireFits(Runtime.getRuntime().maxMemory());
      return cells.apply(search).gates();
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "--gate-source exhaustive: " + e.getMessage() + " (--enumeration-limit)", e);
    }
  }

  /** Gate vectors by number, for executors: drawn there from their seeds where they are drawn. */
  public static GateStream stream(ModelSettings settings, Matrix vectors) {
    return switch (settings.gateSource().kind()) {
      case FILE, EXHAUSTIVE, ADAPTIVE -> ListedGates.of(vectors);
      case GAUSSIAN, SPARSE -> sampler(settings, vectors.columns());
    };
  }

  private static GateSampler sampler(ModelSettings settings, int dimension) {
    GateSampler.Distribution distribution =
        settings.gateSource().kind() == GateSource.Kind.SPARSE
            ? GateSampler.Distribution.SPARSE
            : GateSampler.Distribution.GAUSSIAN;
    return new GateSampler(
        distribution, settings.seed(), dimension, settings.preprocessing().intercept());
  }

  private static Matrix read(GateSource source, int dimension, Configuration hadoop) {
    InputPath input = path(source, hadoop);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(input.fs().open(input.path()), StandardCharsets.UTF_8))) {
      return GateFile.parse(reader.lines().iterator(), source.file(), dimension);
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--gate-source file: " + e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      throw input.failure(e);
    }
  }

  private static InputPath path(GateSource source, Configuration hadoop) {
    return InputPath.of("--gate-source", "file:", source.file(), hadoop);
  }
}
