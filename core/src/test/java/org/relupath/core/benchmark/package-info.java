/**
 * The JVM side of {@code core/benchmark}: times solves and writes their weights for certification.
 */
package org.relupath.core.benchmark;
