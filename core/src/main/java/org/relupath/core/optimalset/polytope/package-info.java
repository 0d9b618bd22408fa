/**
 * Polytopes in linear coordinates, {w >= 0 : A w = b} and the like: rank and maximal support,
 * vertices, extreme and central members, uniform samples, and ranges of linear functions.
 */
package org.relupath.core.optimalset.polytope;
