package org.relupath.spark.run;

/** One command's work, from checked settings to files. */
@FunctionalInterface
public interface Job {
  /**
   * Runs to the end.
   *
   * @return {@link ExitStatus#DONE} or {@link ExitStatus#NOT_CONVERGED}; everything else is thrown
   * @throws Exception a BadInputException for what the user can put right, anything else as failure
   */
  ExitStatus run(JobContext context) throws Exception;
}
