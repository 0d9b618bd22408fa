package org.relupath.core.audit.stationarity;

import java.util.Arrays;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Model;

/** Some of the neurons of a network. */
public final class NeuronSelection {
  private NeuronSelection() {}

  /** A copy of the given neurons, in the given order. */
  public static Neurons of(Neurons network, int[] kept) {
    return new Neurons(
        network.model(),
        network.hidden().selectRows(kept),
        Arrays.stream(kept).mapToDouble(j -> network.output()[j]).toArray(),
        network.model() == Model.GATED ? network.gates().selectRows(kept) : network.gates());
  }
}
