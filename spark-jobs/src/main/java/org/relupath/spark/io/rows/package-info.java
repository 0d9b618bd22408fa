/**
 * Rows in: csv, parquet and libsvm through Spark into {@link org.relupath.core.data.Observations}
 * or blocks that stay on executors.
 *
 * <p>Rows have a canonical order, that of the file (of a folder: by file name, then position),
 * whatever the number of partitions or machines. Whatever is wrong with data is refused here, with
 * its row and column, as a {@link org.relupath.spark.io.BadInputException}.
 */
package org.relupath.spark.io.rows;
