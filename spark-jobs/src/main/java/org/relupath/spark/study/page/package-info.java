/** The page of a study. */
package org.relupath.spark.study.page;
