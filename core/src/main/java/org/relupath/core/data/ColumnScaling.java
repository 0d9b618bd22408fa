package org.relupath.core.data;

/** What is done to encoded columns before a solver sees them. */
public enum ColumnScaling {
  /** Nothing. */
  NONE,
  /** Divided by their root mean square, and not centred: zeros stay zeros. */
  SCALE,
  /** Centred, and divided by their standard deviation. */
  STANDARDIZE;

  /** Whether columns may be kept by their numbers that are not zero. */
  public boolean keepsZeros() {
    return this != STANDARDIZE;
  }
}
