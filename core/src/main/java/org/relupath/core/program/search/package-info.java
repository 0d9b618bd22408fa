/**
 * Activation patterns that nobody listed: climbs over all gates for blocks of large price, and
 * bounds over all patterns by branch and bound.
 */
package org.relupath.core.program.search;
