/**
 * Gate bits of a block of rows as planes of bytes, and the sums over rows by gate that tables of
 * bytes make cheap.
 */
package org.relupath.core.program.rows.planes;
