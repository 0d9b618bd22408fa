/**
 * Cells of rows as numbers: what kind a column is of, which cells are missing, and what is wrong
 * with others.
 */
package org.relupath.spark.io.cells;
