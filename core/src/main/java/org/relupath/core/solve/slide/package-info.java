/** Local descent of a network in which its neurons move across the borders of activation cones. */
package org.relupath.core.solve.slide;
