package org.relupath.spark.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.relupath.core.data.CategoryEncoding;
import org.relupath.core.data.ColumnEncoding;
import org.relupath.core.data.DatePart;
import org.relupath.core.data.NumberEncoding;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.RawColumn.Kind;
import org.relupath.spark.io.cells.CellText;

/**
 * The inputs of an ONNX model, and the encoded columns that a network sees of them.
 *
 * <p>Numbers and booleans (0 and 1) alone are one tensor {@code features}, N x d. Where there are
 * texts or dates each column is an input of its own, N x 1: texts are strings, dates are days since
 * 1970-01-01T00:00 UTC in double precision. A missing number or date is NaN, a missing text is one
 * of {@link CellText#missing}. What {@code predict} would refuse is NaN in an encoded column.
 */
final class OnnxInputs {
  /** The name of the one tensor. */
  static final String FEATURES = "features";

  /** Codes of texts that are no level; levels are 0, 1, ... */
  private static final long OTHER = -1;

  private static final long ABSENT = -2;

  private final OnnxGraph graph;
  private final List<String> blocks = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();

  private OnnxInputs(OnnxGraph graph) {
    this.graph = graph;
  }

  /** Whether all inputs are one tensor. */
  static boolean oneTensor(List<RawColumn> columns) {
    return columns.stream().allMatch(OnnxInputs::isNumber);
  }

  private static boolean isNumber(RawColumn column) {
    return column.kind() == Kind.NUMBER || column.kind() == Kind.BOOLEAN;
  }

  /**
   * Adds the inputs to a graph.
   *
   * @return N x number of encoded columns
   */
  static String encoded(OnnxGraph graph, Preparation preparation, List<String> inputs) {
    if (preparation.isPlain()) {
      return graph.input(FEATURES, graph.type(), inputs.size());
    }
    OnnxInputs own = new OnnxInputs(graph);
    List<ColumnEncoding> columns = preparation.columns();
    int[] at = new int[columns.size() + 1];
    List<NumberEncoding> numbers = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    boolean one = oneTensor(preparation.raw(inputs));
    List<String> values = new ArrayList<>();
    for (int k = 0; k < columns.size(); k++) {
      at[k + 1] = at[k] + columns.get(k).names().size();
      RawColumn raw = columns.get(k).raw();
      if (columns.get(k) instanceof CategoryEncoding category) {
        own.category(graph.input(raw.name(), DataType.STRING, 1), category, at[k]);
      } else if (raw.kind() == Kind.DATE) {
        own.date(
            graph.input(raw.name(), DataType.DOUBLE, 1), (NumberEncoding) columns.get(k), at[k]);
      } else {
        numbers.add((NumberEncoding) columns.get(k));
        places.add(at[k]);
        if (!one) {
          values.add(graph.input(raw.name(), graph.type(), 1));
        }
      }
    }
    if (!numbers.isEmpty()) {
      String all = one ? graph.input(FEATURES, graph.type(), columns.size()) : own.beside(values);
      own.numbers(all, numbers, places);
    }
    return own.inOrder();
  }

  /** Adds columns and says where each of them goes. */
  private void add(String block, int from, int count) {
    blocks.add(block);
    IntStream.range(from, from + count).forEach(positions::add);
  }

  private String beside(List<String> values) {
    return values.size() == 1
        ? values.get(0)
        : graph.op("Concat", List.of(OnnxGraph.whole("axis", 1)), values.toArray(new String[0]));
  }

  /** All blocks beside each other, columns in their places. */
  private String inOrder() {
    String all = beside(blocks);
    long[] from = new long[positions.size()];
    for (int k = 0; k < from.length; k++) {
      from[positions.get(k)] = k;
    }
    boolean ordered = Arrays.equals(from, LongStream.range(0, from.length).toArray());
    return ordered ? all : graph.columns(all, from);
  }

  /** Columns of numbers and booleans: what stands for missing ones, then where they were. */
  private void numbers(String values, List<NumberEncoding> columns, List<Integer> places) {
    double[] missing =
        columns.stream().mapToDouble(c -> c.fills() ? c.missing()[0] : Double.NaN).toArray();
    String absent = graph.op("IsNaN", values);
    blocks.add(graph.op("Where", absent, graph.numbers(missing, 1, missing.length), values));
    positions.addAll(places);
    int[] marked =
        IntStream.range(0, columns.size()).filter(k -> columns.get(k).indicator()).toArray();
    if (marked.length > 0) {
      String marks = graph.cast(absent, graph.type());
      blocks.add(graph.columns(marks, Arrays.stream(marked).asLongStream().toArray()));
      Arrays.stream(marked).forEach(k -> positions.add(places.get(k) + 1));
    }
  }

  private void category(String texts, CategoryEncoding column, int at) {
    List<String> keys = new ArrayList<>(CellText.missing());
    List<Long> codes = new ArrayList<>();
    keys.forEach(key -> codes.add(ABSENT));
    List<String> levels = column.levels();
    for (int k = 0; k < levels.size(); k++) {
      if (!keys.contains(levels.get(k))) {
        keys.add(levels.get(k));
        codes.add((long) k);
      }
    }
    String code = graph.positions(texts, keys, codes.stream().mapToLong(c -> c).toArray(), OTHER);
    int count = levels.size() + (column.other() ? 1 : 0);
    // Of exactly two columns the first is left out.
    int first = count == 2 ? 1 : 0;
    long[] own =
        IntStream.range(first, count).mapToLong(k -> k < levels.size() ? k : OTHER).toArray();
    String hot =
        graph.cast(graph.op("Equal", code, graph.wholes(own, 1, own.length)), graph.type());
    String absent = graph.op("Equal", code, graph.wholes(new long[] {ABSENT}, 1, 1));
    if (!column.fills()) {
      hot = graph.op("Where", absent, graph.numbers(new double[] {Double.NaN}, 1, 1), hot);
    }
    add(hot, at, own.length);
    if (column.indicator()) {
      add(graph.cast(absent, graph.type()), at + own.length, 1);
    }
  }

  private void date(String days, NumberEncoding column, int at) {
    String absent = graph.op("IsNaN", days);
    // What NaN is as a whole number depends on the machine.
    String there = graph.op("Where", absent, graph.doubles(new double[] {0}, 1, 1), days);
    OnnxDate date = new OnnxDate(graph, there);
    List<DatePart> parts = column.parts();
    for (int i = 0; i < parts.size(); i++) {
      double missing = column.fills() ? column.missing()[i] : Double.NaN;
      String part =
          graph.op(
              "Where",
              absent,
              graph.doubles(new double[] {missing}, 1, 1),
              date.part(parts.get(i)));
      add(graph.cast(part, graph.type()), at + i, 1);
    }
    if (column.indicator()) {
      add(graph.cast(absent, graph.type()), at + parts.size(), 1);
    }
  }
}
