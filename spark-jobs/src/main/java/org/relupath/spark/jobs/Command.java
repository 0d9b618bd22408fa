package org.relupath.spark.jobs;

import java.util.List;

/**
 * A command: its name, what help says, the keys it takes as options, those it cannot do without,
 * and its work.
 */
record Command(
    String name, String description, List<String> keys, List<String> required, Job job) {}
