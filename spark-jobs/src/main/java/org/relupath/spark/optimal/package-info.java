/** All optimal networks of a lambda: their files and their page. */
package org.relupath.spark.optimal;
