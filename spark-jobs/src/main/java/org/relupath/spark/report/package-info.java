/**
 * {@code report.html}: one self-contained page beside every fit and path, with the key figures, the
 * certificate in words, and charts as inline SVG.
 *
 * <p>Jobs fill {@link org.relupath.spark.report.PathReport} or {@link
 * org.relupath.spark.report.FitReport} and write what {@link
 * org.relupath.spark.report.ReportWriter} returns. The page fetches nothing and holds no script, no
 * date and no random id: the same report has the same bytes. Text is measured with widths of our
 * own ({@link org.relupath.spark.report.MeasuredFont}), so drawing needs no font on the machine.
 */
package org.relupath.spark.report;
