/** How far from optimal a given network is: its files and its page. */
package org.relupath.spark.audit;
