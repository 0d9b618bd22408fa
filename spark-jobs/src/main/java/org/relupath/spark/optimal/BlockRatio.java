package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.optimalset.Equicorrelation;
import org.relupath.core.optimalset.Member;
import org.relupath.core.optimalset.Membership;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Pricer;

/**
 * How near a block is to being active.
 *
 * @param ratio ||v_b|| / lambda, or a number that it does not exceed
 * @param exact whether it is ||v_b|| / lambda itself
 * @param membership of the equicorrelation set
 */
public record BlockRatio(double ratio, boolean exact, Membership membership)
    implements java.io.Serializable {
  /** Ratios below this are only bounded from above. */
  private static final double NEAR = 0.9;

  /** Refuses negative ratios and those that are no number. */
  public BlockRatio {
    if (!(ratio >= 0)) {
      throw new IllegalArgumentException("ratio is " + ratio + ", expected >= 0");
    }
  }

  /** The ratios of all blocks of a program, by id. */
  static List<BlockRatio> of(ConvexProgram program, Equicorrelation e) {
    double lambda = e.ball().lambda();
    Map<Integer, Member> members = new HashMap<>();
    e.members().forEach(member -> members.put(member.projected().block().id(), member));
    Pricer pricer = new Pricer(program);
    pricer.price(e.u(), NEAR * lambda, Integer.MAX_VALUE);
    double[] norms = pricer.bounds();
    List<BlockRatio> ratios = new ArrayList<>();
    for (int b = 0; b < norms.length; b++) {
      Member member = members.get(b);
      boolean exact = program.problem().model() == Model.GATED || norms[b] > NEAR * lambda;
      ratios.add(
          member == null
              ? new BlockRatio(norms[b] / lambda, exact, Membership.NO)
              : new BlockRatio(member.ratio(), true, member.membership()));
    }
    return ratios;
  }
}
