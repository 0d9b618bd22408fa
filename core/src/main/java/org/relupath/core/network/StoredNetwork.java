package org.relupath.core.network;

import java.util.List;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preparation;
import org.relupath.core.program.Model;

/** What a {@link NetworkFile} holds: a network of raw features, of one output or of several. */
public sealed interface StoredNetwork permits Network, MultiOutputNetwork {
  /** Relu or gated. */
  Model model();

  /** The names of the raw features, in the order of the columns of raw rows. */
  List<String> inputs();

  /** How raw rows are encoded. */
  Preparation preparation();

  /** The number of neurons. */
  int width();

  /** The raw scores of raw rows (n x number of inputs): n x K, an output a column. */
  Matrix scores(Design raw);
}
