package org.relupath.spark.train;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.data.MemoryNeed;
import org.relupath.spark.engine.Engine;
import org.relupath.spark.engine.SideBySide;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramSolver;

/** How many outputs of the same rows are worked on at once. */
public final class OutputsAtOnce {
  private OutputsAtOnce() {}

  /**
   * As many as there are cores, or as memory holds.
   *
   * @param first the program of the first output
   * @param outputs how many there are
   * @param listener receives a note where memory is what bounds them
   * @throws org.relupath.spark.io.BadInputException if memory does not hold their programs and the
   *     work on one
   */
  public static int of(ProgramSolver first, int outputs, ProgressListener listener) {
    Program program = first.program();
    ModelSettings model = program.model();
    JavaSparkContext spark = first.factory().spark();
    int gates = program.adapts() ? model.gates() : program.gates().vectors().rows();
    boolean elsewhere = first.choice().engine() == Engine.GATES && !spark.isLocal();
    IntFunction<MemoryNeed> need =
        atOnce ->
            MemoryNeed.ofOutputs(
                program.convex().problem().design(), gates, elsewhere, model, outputs, atOnce);
    long heap = Runtime.getRuntime().maxMemory();
    need.apply(1).requireFits(heap);
    int most = Math.min(SideBySide.cores(spark), outputs);
    int fit =
        IntStream.iterate(most, atOnce -> atOnce - 1)
            .filter(atOnce -> need.apply(atOnce).fits(heap))
            .findFirst()
            .orElseThrow();
    if (fit < most) {
      listener.note(need.apply(most).slower(heap, fit));
    }
    return fit;
  }
}
