/** Pruning of optimal networks, exact and approximate: its files and its page. */
package org.relupath.spark.prune;
