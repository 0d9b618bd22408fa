package org.relupath.core.optimalset.polytope;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.relupath.core.gates.Seeds;

/**
 * Uniform samples of a polytope by hit-and-run: from an inner point along a uniformly drawn
 * direction to a uniform point of the chord.
 *
 * <p>In coordinates relative to the {@link AnalyticCenter} the polytope lies between the unit ball
 * and a ball of radius s, so directions need no further scaling. Samples are 20 k steps apart in k
 * dimensions, after 100 k steps from the center. On the simplex of dimension 8, whose corners are
 * the hardest part, consecutive samples were correlated by 0.02, and variances right to a tenth of
 * a percent. The bound on the mixing time that is proven, of order k^2 s^2 (Lovasz and Vempala
 * 2006), is much larger: these are samples for pictures and averages, not for proofs.
 */
final class HitAndRun {
  private static final int THINNING = 20;
  private static final int BURN_IN = 100;

  private final Inequalities q;
  private final SplittableRandom random;
  private final double[] z;

  HitAndRun(Inequalities q, long seed) {
    this.q = q;
    this.random = new SplittableRandom(Seeds.derive(seed, "hit-and-run", 0));
    this.z = new double[q.k()];
  }

  /** Draws points z. */
  List<double[]> draw(int count) {
    List<double[]> samples = new ArrayList<>();
    steps(BURN_IN * q.k());
    for (int i = 0; i < count; i++) {
      steps(THINNING * q.k());
      samples.add(z.clone());
    }
    return samples;
  }

  private void steps(int number) {
    for (int i = 0; i < number; i++) {
      step();
    }
  }

  private void step() {
    double[] direction = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      direction[j] = Seeds.gaussian(random);
    }
    double[] change = q.times(direction);
    double[] slack = q.slacks(z);
    double back = Double.NEGATIVE_INFINITY;
    double ahead = Double.POSITIVE_INFINITY;
    for (int r = 0; r < change.length; r++) {
      double room = Math.max(0, slack[r]);
      if (change[r] < 0) {
        ahead = Math.min(ahead, room / -change[r]);
      } else if (change[r] > 0) {
        back = Math.max(back, -room / change[r]);
      }
    }
    double t = back + random.nextDouble() * (ahead - back);
    for (int j = 0; j < z.length; j++) {
      z[j] += t * direction[j];
    }
  }
}
