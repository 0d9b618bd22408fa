package org.relupath.core.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateFile;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;

/**
 * One problem of the benchmark, as {@code instances.py} wrote it.
 *
 * @param name the folder's name
 * @param program the program of one model
 * @param lambdaMax its lambda_max
 */
record BenchmarkInstance(String name, ConvexProgram program, double lambdaMax) {

  static BenchmarkInstance read(Path folder, Model model) throws IOException {
    Matrix x = matrix(folder.resolve("X.csv"));
    double[] y = matrix(folder.resolve("y.csv")).values();
    Patterns patterns = Patterns.of(x, matrix(folder.resolve("gates.csv")));
    ConvexProgram program = new ConvexProgram(new Problem(x, y, model), patterns);
    double lambdaMax = new Pricer(program).maxNorm(y);
    return new BenchmarkInstance(folder.getFileName().toString(), program, lambdaMax);
  }

  private static Matrix matrix(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return GateFile.parse(lines.iterator(), file.toString(), lines.get(0).split(",").length);
  }
}
