/** The pieces of work that a study consists of, each done at a stretch on an executor. */
package org.relupath.spark.study.unit;
