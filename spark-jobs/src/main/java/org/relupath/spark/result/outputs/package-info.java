/** What the networks of several outputs are together. */
package org.relupath.spark.result.outputs;
