package org.relupath.spark.study.unit;

/**
 * A piece of a study that an executor does at a stretch and stores under a name of its own. What
 * comes of it depends on the study alone.
 */
public interface StudyUnit extends java.io.Serializable {
  /** Its name; no other unit of the study has it. */
  String id();

  /** The name of its data set. */
  String dataSet();

  /** A guess at how long it takes with its data set, in seconds. */
  double seconds(StudyGrid grid, StudyData data);

  /** Does it; what comes of it, as json. */
  String solve(StudyData data, StudyGrid grid);
}
