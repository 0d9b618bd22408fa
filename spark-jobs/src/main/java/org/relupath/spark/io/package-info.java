/**
 * What every reader and writer of files needs: input paths, json, hashes, text as people are shown
 * it, and the refusal of whatever a user can put right.
 */
package org.relupath.spark.io;
