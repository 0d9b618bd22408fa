/** The pages of a fit and of a path. */
package org.relupath.spark.result.page;
