package org.relupath.spark.train;

import java.util.List;
import org.relupath.spark.train.program.DecomposedNetwork;
import org.relupath.spark.train.program.SolvedPath;

/**
 * The networks of all lambdas of a plan, before one of them is chosen.
 *
 * @param path what was solved, in the solver's units
 * @param search what the last search of all patterns found; null unless gates are adaptive
 * @param networks largest lambda first
 * @param decomposed where the one network came from, if it was made by cone decomposition; or null
 */
record SolvedNetworks(
    SolvedPath path,
    SearchResult search,
    List<TrainedNetwork> networks,
    DecomposedNetwork decomposed) {}
