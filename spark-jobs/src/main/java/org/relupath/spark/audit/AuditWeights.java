package org.relupath.spark.audit;

import java.util.Arrays;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.Label;
import org.relupath.spark.io.durable.RunFiles;
import org.relupath.spark.run.JobContext;

/**
 * What rows count for in the objective of an audit: as asked for, and else as in the earlier run
 * that the network is of.
 *
 * @param column the column of weights, or null
 * @param classes those of classes
 */
public record AuditWeights(String column, ClassWeights classes) {
  /**
   * The weights of an audit.
   *
   * @param earlier the run, or null
   */
  public static AuditWeights of(JobContext context, RunFiles earlier) {
    String column = context.settings().data().columns().weights();
    ClassWeights classes = context.settings().model().classWeights();
    if (earlier == null) {
      return new AuditWeights(column, classes);
    }
    String own = earlier.manifest(manifest -> manifest.textOrNull("weights"));
    String ofClasses = earlier.manifest(manifest -> manifest.textOrNull("classWeights"));
    ClassWeights stored =
        Arrays.stream(ClassWeights.values())
            .filter(one -> Label.of(one).equals(ofClasses))
            .findFirst()
            .orElse(ClassWeights.NONE);
    return new AuditWeights(
        column == null ? own : column,
        context.configuration().isExplicit("class-weights") ? classes : stored);
  }
}
