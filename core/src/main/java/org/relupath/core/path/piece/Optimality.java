package org.relupath.core.path.piece;

import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.pricing.Projector;

/** What the optimality conditions of one program are checked with. Not thread-safe. */
public final class Optimality {
  private final SharedFaces cones;
  private final Pricer pricer;
  private final Projector projector;
  private final double[] lengths;

  public Optimality(ConvexProgram program) {
    Problem problem = program.problem();
    this.cones = new SharedFaces(program);
    this.pricer = new Pricer(program);
    this.projector = new Projector(problem);
    this.lengths = new double[problem.n()];
    for (int r = 0; r < lengths.length; r++) {
      lengths[r] = Vectors.norm(problem.x().values(), r * problem.d(), problem.d());
    }
  }

  public SharedFaces cones() {
    return cones;
  }

  public Problem problem() {
    return cones.problem();
  }

  ConvexProgram program() {
    return cones.program();
  }

  public boolean coned() {
    return problem().model() == Model.RELU;
  }

  public Pricer pricer() {
    return pricer;
  }

  public Projector projector() {
    return projector;
  }

  /** ||x_r||. */
  public double length(int r) {
    return lengths[r];
  }
}
