/** Choosing a lambda, and making something of scores, by rows that networks were not fitted to. */
package org.relupath.spark.train.choice;
