/** What a study does with the optimal networks of every split: candidates and pruning. */
package org.relupath.spark.study.optimal;
