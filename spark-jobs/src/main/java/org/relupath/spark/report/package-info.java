/**
 * Pages and charts as a toolkit: self-contained html with inline SVG, which knows nothing of what
 * is shown.
 *
 * <p>A page fetches nothing and holds no script, no date and no random id: one report always has
 * the same bytes. A chart that cannot be drawn is replaced by a line that says so, never by an
 * exception.
 */
package org.relupath.spark.report;
