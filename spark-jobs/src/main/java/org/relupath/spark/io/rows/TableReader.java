package org.relupath.spark.io.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.relupath.core.data.ColumnEncoding;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.WeightedRows;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;
import org.relupath.spark.io.cells.CellType;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Reads observations: parsed and checked on executors, gathered in canonical order. Every byte of a
 * text and every row of a parquet file is accounted for: readers begin and end where their
 * neighbours do, or the files are read again from their beginning.
 *
 * <p>A row number in a message counts data rows from 1: no header, no blank lines.
 */
public final class TableReader {
  /** What the tasks of {@link #collected} send: all of their chunks. */
  private static final Function1<Iterator<Chunk>, List<Chunk>> LISTED =
      (Function1<Iterator<Chunk>, List<Chunk>> & Serializable)
          own -> {
            List<Chunk> all = new ArrayList<>();
            CollectionConverters.asJava(own).forEachRemaining(all::add);
            return all;
          };

  private final SparkSession spark;
  private final boolean sparse;
  private final Broadcast<SerializableConfiguration> hadoop;

  /** A reader on a session, which keeps all numbers of rows. */
  public TableReader(SparkSession spark) {
    this(spark, false);
  }

  /**
   * A reader on a session.
   *
   * @param sparse whether zeros of libsvm files, where most numbers are, are not kept
   */
  public TableReader(SparkSession spark, boolean sparse) {
    this.spark = spark;
    this.sparse = sparse;
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  /**
   * Chooses columns of a source, looking into it where the header is not enough.
   *
   * @param source what to read
   * @param choice which columns
   */
  public Columns columns(Source source, ColumnChoice choice) {
    if (source.format() != TableFormat.LIBSVM) {
      Columns columns = Columns.choose(source.named(), source.header(), choice);
      source.require(columns, choice.features().isEmpty());
      return columns;
    }
    choice.refuseNames();
    List<String> all =
        IntStream.rangeClosed(1, libsvmDimension(source)).mapToObj(k -> "x" + k).toList();
    if (all.isEmpty()) {
      throw new BadInputException(source.named() + ": has no index:value in any row");
    }
    return new Columns(all, choice.label() == null ? null : "label");
  }

  /**
   * The columns that a network takes, whatever else the source has; a libsvm file's by position.
   *
   * @param source what to read
   * @param inputs the network's inputs
   * @param preparation how the network encodes them, and what its labels are
   * @param label the label's name, to measure the network by; or null for none
   * @param type what the label is taken for
   * @param weights the name of the column of weights, or null for none
   */
  public Columns columnsOf(
      Source source,
      List<String> inputs,
      Preparation preparation,
      String label,
      CellType type,
      String weights) {
    boolean named = source.format() != TableFormat.LIBSVM;
    if (!named && weights != null) {
      throw new BadInputException("--weights: a libsvm file has no column names");
    }
    String own = named || label == null ? label : "label";
    Columns columns = like(new Columns(inputs, own, weights), inputs, preparation, type);
    if (named) {
      Columns.requireInputs(source.named(), source.header(), inputs);
    }
    return sameColumns(source, columns);
  }

  /**
   * Columns whose texts are taken exactly as they are.
   *
   * @param names those of {@code --id}; none are there in a libsvm file
   */
  public Columns verbatim(Source source, List<String> names) {
    if (source.format() == TableFormat.LIBSVM && !names.isEmpty()) {
      throw new BadInputException("--id: a libsvm file has no column names");
    }
    Columns columns = Columns.verbatim(source.named(), source.header(), names);
    source.require(columns, false);
    return columns;
  }

  /** Columns as those that a network takes, and a label taken for some type. */
  public static Columns like(
      Columns columns, List<String> inputs, Preparation preparation, CellType type) {
    Set<String> filled =
        preparation.columns().stream()
            .filter(ColumnEncoding::fills)
            .map(column -> column.raw().name())
            .collect(Collectors.toSet());
    return columns.like(preparation.raw(inputs), type, filled::contains);
  }

  /** The columns of other rows in another source, which must have them. */
  public Columns sameColumns(Source source, Columns columns) {
    if (!source.header().isEmpty()) {
      Columns.choose(
          source.named(),
          source.header(),
          ColumnChoice.numbers(columns.names(), columns.label()).weighted(columns.weights()));
      source.require(columns, false);
    } else if (columns.types().stream().anyMatch(type -> type != CellType.NUMBER)) {
      throw new BadInputException(
          source.named() + ": a libsvm file has numbers alone, expected texts, words or dates too");
    }
    return columns;
  }

  /**
   * Reads rows with the texts of others: levels of features that those have not are -1.
   *
   * @param known the columns of those others
   * @param classes the texts that their labels are; empty where they are numbers
   * @throws BadInputException as {@link #read} does, or naming the row of a label that is none of
   *     the texts
   */
  public Observations readLike(
      Source source, Columns columns, List<RawColumn> known, List<String> classes) {
    return known(source.named(), columns.label(), rows(source, columns), known, classes).rows();
  }

  /**
   * Rows with the texts of others.
   *
   * @param named how messages call them
   * @param label the name of the label
   * @param known the columns of those others
   * @param classes the texts that their labels are; empty where they are numbers
   * @throws BadInputException naming the row of a label that is none of the texts
   */
  public static WeightedRows known(
      String named, String label, WeightedRows read, List<RawColumn> known, List<String> classes) {
    Observations rows = read.rows();
    for (int r = 0; r < rows.rows() && rows.labelled() && !rows.classes().isEmpty(); r++) {
      String text = rows.classes().get((int) rows.targets()[r]);
      if (!classes.contains(text)) {
        throw new BadInputException(
            "%s: row %s column '%s' is %s, expected one of the training labels %s"
                .formatted(named, read.numbers()[r] + 1, label, Shown.value(text), classes));
      }
    }
    return read.as(known, rows.labelled() ? classes : rows.classes());
  }

  /** Reads rows, of those that have weights the ones that count. */
  public Observations read(Source source, Columns columns) {
    return rows(source, columns).rows();
  }

  /**
   * Reads rows.
   *
   * @param source what to read
   * @param columns which columns; a libsvm file's are x1 to xd whatever they are called
   * @throws BadInputException naming row and column of the first value that is no finite number, or
   *     saying that the rows are too many for the driver's memory
   */
  public WeightedRows rows(Source source, Columns columns) {
    Set<Integer> whole = new TreeSet<>();
    while (true) {
      ChunkSequence chunks =
          ChunkSequence.of(
              source,
              collected(
                  chunks(source, source.layout(columns, sparse), whole, ChunkSequence.most())));
      if (!whole.addAll(chunks.torn(whole))) {
        return chunks.table(columns);
      }
    }
  }

  /**
   * Reads rows that stay on executors, as numbered blocks.
   *
   * @param source what to read
   * @param blockRows rows of a block
   * @throws BadInputException naming row and column of the first value that is no finite number
   */
  public RowTable blocks(Source source, Columns columns, int blockRows) {
    // A few partitions a core keep all cores busy to the end.
    int parts = 4 * spark.sparkContext().defaultParallelism();
    Set<Integer> whole = new TreeSet<>();
    while (true) {
      JavaRDD<Chunk> chunks = chunks(source, source.layout(columns), whole, Long.MAX_VALUE);
      ChunkSequence headers = ChunkSequence.of(source, collected(chunks.map(Chunk::header)));
      if (!whole.addAll(headers.torn(whole))) {
        return RowTable.of(headers, columns, chunks, blockRows, parts);
      }
    }
  }

  private JavaRDD<Chunk> chunks(
      Source source, Source.Layout layout, Set<Integer> whole, long most) {
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return ranges(source, whole)
        .mapPartitions(ranges -> Chunk.read(ranges, layout, most, configuration.value().value()));
  }

  /** Ranges of about the size that Spark would read files in, a group a partition. */
  private JavaRDD<FileRange> ranges(Source source, Set<Integer> whole) {
    long openCost = bytes("spark.sql.files.openCostInBytes", "4m");
    int cores = spark.sparkContext().defaultParallelism();
    long total = source.parts().stream().mapToLong(part -> part.file().length() + openCost).sum();
    long size =
        Math.max(
            1,
            Math.min(
                bytes("spark.sql.files.maxPartitionBytes", "128m"),
                Math.max(openCost, total / cores)));
    List<List<FileRange>> groups = FileRange.groups(source, whole, size, openCost);
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(groups, groups.size())
        .flatMap(List::iterator);
  }

  private long bytes(String key, String otherwise) {
    return JavaUtils.byteStringAsBytes(spark.conf().get(key, otherwise));
  }

  /** Chunks on the driver; once they are too many to be worked with, their numbers are left out. */
  private List<Chunk> collected(JavaRDD<Chunk> chunks) {
    List<Chunk> all = new ArrayList<>();
    long[] kept = {0};
    Function2<Object, List<Chunk>, BoxedUnit> gather =
        (partition, part) -> {
          all.addAll(part);
          kept[0] += part.stream().mapToLong(Chunk::size).sum();
          if (kept[0] > ChunkSequence.most()) {
            all.replaceAll(Chunk::header);
          }
          return BoxedUnit.UNIT;
        };
    try {
      spark
          .sparkContext()
          .runJob(chunks.rdd(), LISTED, gather, ClassTag$.MODULE$.apply(List.class));
    } catch (Exception e) {
      // Scala hides that a job's failure is checked.
      BadInputException refusal = BadInputException.within(e);
      if (refusal != null) {
        throw refusal;
      }
      throw e;
    }
    return all;
  }

  private int libsvmDimension(Source source) {
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return ranges(source, Set.of())
        .map(range -> range.lastIndex(configuration.value().value()))
        .fold(0, Math::max);
  }
}
