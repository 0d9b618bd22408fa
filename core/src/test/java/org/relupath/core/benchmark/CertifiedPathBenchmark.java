package org.relupath.core.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.relupath.core.path.CertifiedPath;
import org.relupath.core.path.CertifiedPathSolver;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;

/**
 * Counts the solves of certified continuous paths from lambda_max to a hundredth of it: {@code
 * CertifiedPathBenchmark INSTANCES_DIR OUT_CSV [NAME...]}. Solves count those whose lambda had to
 * be cut, too; the bound is the largest of (F - min F) / (||y||^2 / 2) at any lambda in between.
 */
public final class CertifiedPathBenchmark {
  private static final double[] BOUNDS = {1e-2, 1e-3, 1e-4};
  private static final double MIN_RATIO = 0.01;

  private CertifiedPathBenchmark() {}

  /** Counts on the named instances, or on all of them. */
  public static void main(String[] arguments) throws IOException {
    List<String> names =
        arguments.length > 2
            ? List.of(arguments).subList(2, arguments.length)
            : List.of("diab", "bc", "dig", "syn");
    try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1])))) {
      table.println("instance,model,epsilon,solves,bound");
      for (String name : names) {
        for (Model model : Model.values()) {
          BenchmarkInstance instance = BenchmarkInstance.read(Path.of(arguments[0], name), model);
          for (double epsilon : BOUNDS) {
            String row = row(instance, epsilon);
            table.println(row);
            table.flush();
            System.out.println(row);
          }
        }
      }
    }
  }

  private static String row(BenchmarkInstance instance, double epsilon) {
    Problem problem = instance.program().problem();
    Solver solver = new Solver(problem, new Pricer(instance.program()));
    // A tolerance that asks for nothing: solves go as far as the bound needs.
    CertifiedPath path =
        new CertifiedPathSolver(problem, solver, Settings.to(0.5), epsilon)
            .solve(instance.lambdaMax(), MIN_RATIO, point -> {});
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%d,%.3g",
        instance.name(),
        problem.model().name().toLowerCase(Locale.ROOT),
        epsilon,
        path.solves(),
        path.max() / problem.zeroObjective());
  }
}
