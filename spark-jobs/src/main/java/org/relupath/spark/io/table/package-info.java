/** Tables of results, as csv and parquet. */
package org.relupath.spark.io.table;
