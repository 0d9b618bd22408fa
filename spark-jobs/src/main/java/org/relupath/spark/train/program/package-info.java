/**
 * The convex program that rows in memory and settings make, its solver on one of the engines, and
 * the networks that its solutions are; in the solver's units.
 */
package org.relupath.spark.train.program;
