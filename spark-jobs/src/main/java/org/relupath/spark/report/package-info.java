/**
 * {@code report.html}: self-contained pages with key figures, what is proven in words, and charts
 * as inline SVG.
 *
 * <p>A page fetches nothing and holds no script, no date and no random id: one report always has
 * the same bytes. A chart that cannot be drawn is replaced by a line that says so, never by an
 * exception. Text is measured with widths of our own ({@link
 * org.relupath.spark.report.MeasuredFont}), so drawing needs no font on the machine.
 */
package org.relupath.spark.report;
