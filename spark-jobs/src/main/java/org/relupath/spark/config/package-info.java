/**
 * Settings: their text and defaults in reference.conf, the layers of a configuration over each
 * other, and the checked records that all else is run by.
 */
package org.relupath.spark.config;
