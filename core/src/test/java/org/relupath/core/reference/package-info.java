/**
 * Plain, slow code that tests compare the solver with: it follows the definitions of
 * core/docs/mathematics.md with dense masks and shares no kernel with the code under test.
 */
package org.relupath.core.reference;
