/**
 * What solved lambdas say of all optimal networks: dimension, uniqueness, degrees of freedom,
 * sensitivity, and the events between lambdas.
 */
package org.relupath.spark.analysis;
