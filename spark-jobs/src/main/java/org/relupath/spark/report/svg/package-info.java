/** Drawing that needs no font on the machine: text is measured with widths of our own. */
package org.relupath.spark.report.svg;
