/**
 * Networks that other frameworks trained, from the files that they leave: arrays of numpy ({@link
 * org.relupath.spark.io.foreign.NpzNetwork}) and ONNX models ({@link
 * org.relupath.spark.io.foreign.OnnxNetwork}).
 */
package org.relupath.spark.io.foreign;
