/**
 * The few dense kernels beneath everything else, on BLAS and LAPACK where a native library was
 * chosen and in Java where none was; for analysis, pruning and audit those of Breeze.
 */
package org.relupath.core.linalg;
