/**
 * Paths of C-ReLU over rows that are elsewhere: patterns are looked for among all of them by passes
 * over the rows, and the program over those found is solved by row generation.
 */
package org.relupath.core.solve.rows.relu;
