/** The folder of an earlier run read back: its program, its solutions, its networks. */
package org.relupath.spark.earlier;
