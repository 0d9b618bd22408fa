package org.relupath.core.path;

import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Pricer;
import org.relupath.core.program.Problem;
import org.relupath.core.program.Projector;

/** What the optimality conditions of one program are checked with. Not thread-safe. */
final class Optimality {
  private final Cones cones;
  private final Pricer pricer;
  private final Projector projector;
  private final double[] lengths;

  Optimality(ConvexProgram program) {
    Problem problem = program.problem();
    this.cones = new Cones(program);
    this.pricer = new Pricer(program);
    this.projector = new Projector(problem);
    this.lengths = new double[problem.n()];
    for (int r = 0; r < lengths.length; r++) {
      lengths[r] = Vectors.norm(problem.x().values(), r * problem.d(), problem.d());
    }
  }

  Cones cones() {
    return cones;
  }

  Problem problem() {
    return cones.problem();
  }

  ConvexProgram program() {
    return cones.program();
  }

  boolean coned() {
    return problem().model() == Model.RELU;
  }

  Pricer pricer() {
    return pricer;
  }

  Projector projector() {
    return projector;
  }

  /** ||x_r||. */
  double length(int r) {
    return lengths[r];
  }
}
