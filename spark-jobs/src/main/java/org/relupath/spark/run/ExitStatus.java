package org.relupath.spark.run;

/** What became of a command, as the process says it. */
public enum ExitStatus {
  /** Done, and converged. */
  DONE(0),
  /** Failed while running. */
  FAILED(1),
  /** Bad arguments, configuration or data; nothing was written. */
  REFUSED(2),
  /** A limit came before convergence; results are kept and marked. */
  NOT_CONVERGED(3);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }
}
