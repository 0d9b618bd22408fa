/**
 * Result folders that appear complete or not at all, survive a crash, and have one owner at a time;
 * and their reading back.
 */
package org.relupath.spark.io.durable;
