/**
 * Networks as ONNX models, for runtimes that know nothing of relupath: {@link
 * org.relupath.spark.export.OnnxExport} puts one together.
 */
package org.relupath.spark.export;
