package org.relupath.spark.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.solve.Decomposition;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Split;

/**
 * A ReLU network made by cone decomposition, and where it came from.
 *
 * @param gated the solution of C-GReLU
 * @param made its decomposition, with a certificate for C-ReLU
 */
record Decomposed(Solution gated, Decomposition made) {

  /** Adds to the summary what the gated network was worth, and whether its fit was kept. */
  void tell(Summary summary, Training training, Progress progress) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("gatedObjective", gated.certificate().objective() / training.unit());
    fields.put("gatedRelativeGap", gated.certificate().relativeGap());
    fields.put("gatedStatus", gated.status().label());
    fields.put("gatedBlocks", gated.weights().compact().size());
    fields.put("exact", made.exact());
    fields.put("fitError", made.fitError());
    summary.put("decomposition", fields);
    if (!made.exact()) {
      String warning =
          (made.splits().size() - made.count(Split.Outcome.EXACT))
              + " of "
              + made.splits().size()
              + " blocks have no exact decomposition: the fit differs from the gated network's by "
              + made.fitError();
      List<String> warnings = new ArrayList<>(training.warnings());
      warnings.add(warning);
      summary.put("warnings", warnings);
      progress.warn(warning);
    }
  }
}
