package org.relupath.spark.ml;

/**
 * The identifier of a stage that this thread is about to make: its super constructors make Params,
 * which ask for it before any field of the stage can be set.
 *
 * @param uid the identifier
 */
record StageId(String uid) {
  private static final ThreadLocal<String> NEXT = new ThreadLocal<>();

  StageId {
    NEXT.set(uid);
  }

  /** The identifier of a stage whose field may not be set yet. */
  static String of(String field) {
    return field == null ? NEXT.get() : field;
  }
}
