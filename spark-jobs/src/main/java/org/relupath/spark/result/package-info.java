/** The files of a fit and of a path, and the choice of a lambda. */
package org.relupath.spark.result;
