package org.relupath.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.DatePart;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Missing;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.RawColumn;
import org.relupath.core.data.RawColumn.Kind;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.rows.ColumnChoice;
import org.relupath.spark.io.rows.Columns;
import org.relupath.spark.io.rows.DatasetRows;
import org.relupath.spark.io.rows.Source;
import org.relupath.spark.io.rows.TableReader;

/** Encoded rows beside what Spark's own stages make of the data frame, an unseen level included. */
class PreparationOracleTest {
  private static final long SEED = 7;
  private static final StructType SCHEMA =
      new StructType()
          .add("age", DataTypes.DoubleType)
          .add("town", DataTypes.StringType)
          .add("size", DataTypes.DoubleType)
          .add("label", DataTypes.DoubleType);

  private static Dataset<Row> rows(SparkSession spark, int n, String... towns) {
    SplittableRandom random = new SplittableRandom(SEED + n);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      rows.add(
          RowFactory.create(
              random.nextInt(4) == 0 ? null : 100 * random.nextDouble(),
              towns[random.nextInt(towns.length)],
              random.nextInt(6) == 0 ? null : Math.floor(10 * random.nextDouble()),
              (double) random.nextInt(3)));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }

  @Test
  void rowsAreThoseOfSparksOwnStages() {
    SparkSession spark = SharedSpark.session();
    Dataset<Row> train = rows(spark, 80, "b", "a", "\uD83D\uDE00", "\uFFFD");
    Dataset<Row> test = rows(spark, 30, "a", "b", "new");
    for (Missing missing : List.of(Missing.MEAN, Missing.MEDIAN)) {
      PipelineModel stages =
          new Pipeline()
              .setStages(
                  new PipelineStage[] {
                    new StringIndexer()
                        .setInputCol("town")
                        .setOutputCol("index")
                        .setStringOrderType("alphabetAsc")
                        .setHandleInvalid("keep"),
                    new OneHotEncoder()
                        .setInputCol("index")
                        .setOutputCol("hot")
                        .setDropLast(true)
                        .setHandleInvalid("keep"),
                    new Imputer()
                        .setInputCols(new String[] {"age", "size"})
                        .setOutputCols(new String[] {"ageFilled", "sizeFilled"})
                        .setStrategy(missing == Missing.MEAN ? "mean" : "median")
                        .setRelativeError(0),
                    new VectorAssembler()
                        .setInputCols(new String[] {"ageFilled", "hot", "sizeFilled"})
                        .setOutputCol("all")
                  })
              .fit(train);
      ColumnChoice choice =
          new ColumnChoice(
              "label", List.of(), List.of(), List.of(), List.of(), true, List.of(), true, null);
      Columns columns = DatasetRows.columns("rows", train, choice);
      Observations known = DatasetRows.read("rows", train, columns).rows();
      for (int k : new int[] {0, 2}) {
        // Of an even number of cells Spark's median is the lower of the two in the middle.
        assertThat(present(known.features(), k) % 2).isOne();
      }
      Preparation own =
          Preparation.fit(known, new Preparation.Options(missing, List.of(DatePart.DAYS)));
      assertThat(own.names(known.inputs()))
          .containsExactly(
              "age",
              "age missing",
              "town=a",
              "town=b",
              "town=\uFFFD",
              "town=\uD83D\uDE00",
              "size",
              "size missing");
      for (Dataset<Row> some : List.of(train, test)) {
        Columns like = columns.like(known.columns(), CellType.NUMBER, name -> true);
        Observations read =
            TableReader.known(
                    "rows",
                    "label",
                    DatasetRows.read("rows", some, like),
                    known.columns(),
                    known.classes())
                .rows();
        Matrix encoded = own.encode(read.features());
        List<Row> theirs = stages.transform(some).select("all", "age", "size").collectAsList();
        for (int r = 0; r < theirs.size(); r++) {
          double[] all = ((Vector) theirs.get(r).get(0)).toArray();
          double[] expected = {
            all[0],
            theirs.get(r).isNullAt(1) ? 1 : 0,
            all[1],
            all[2],
            all[3],
            all[4],
            all[all.length - 1],
            theirs.get(r).isNullAt(2) ? 1 : 0
          };
          assertThat(encoded.row(r))
              .as("seed %d %s row %d", SEED, missing, r)
              .containsExactly(expected, Offset.offset(1e-12));
        }
      }
    }
  }

  private static long present(Matrix features, int k) {
    return IntStream.range(0, features.rows())
        .filter(r -> !Double.isNaN(features.get(r, k)))
        .count();
  }

  /** Booleans, dates and both kinds of timestamps, of a data frame and of its parquet file. */
  @Test
  void wordsAndDatesKeepTheirTypes(@TempDir Path folder) {
    SparkSession spark = SharedSpark.session();
    Dataset<Row> rows =
        spark
            .sql(
                "select * from values (true, date'1970-01-03', timestamp_ntz'1969-12-31 18:00:00', 'x',"
                    + " 1), (null, date'2000-02-29', null, null, 2) as t(ok, day, at, text, label)")
            .withColumn("instant", functions.timestamp_seconds(functions.col("label")))
            .coalesce(1);
    double none = Double.NaN;
    double second = 1 / 86_400.0;
    double[] expected = {1, 2, -0.25, 0, second, none, 11_016, none, none, 2 * second};
    ColumnChoice choice =
        new ColumnChoice(
            "label", List.of(), List.of(), List.of(), List.of(), true, List.of(), true, null);
    Observations own =
        DatasetRows.read("rows", rows, DatasetRows.columns("rows", rows, choice)).rows();
    assertThat(own.features().values()).containsExactly(expected);
    assertThat(own.columns())
        .extracting(RawColumn::kind)
        .containsExactly(Kind.BOOLEAN, Kind.DATE, Kind.DATE, Kind.CATEGORY, Kind.DATE);
    for (String type : List.of("INT96", "TIMESTAMP_MICROS", "TIMESTAMP_MILLIS")) {
      String path = folder.resolve(type + ".parquet").toString();
      String key = "spark.sql.parquet.outputTimestampType";
      String before = spark.conf().get(key);
      spark.conf().set(key, type);
      rows.write().parquet(path);
      spark.conf().set(key, before);
      Configuration hadoop = new Configuration();
      TableReader reader = new TableReader(spark);
      Source source = Source.open("--input", path, null, hadoop);
      Observations read = reader.read(source, reader.columns(source, choice));
      assertThat(read.features().values()).as(type).containsExactly(expected);
      assertThat(read.columns()).isEqualTo(own.columns());
      assertThatThrownBy(() -> reader.columns(source, choice.ofNumbers()))
          .hasMessageContaining("column 'ok' is of type boolean, column 'day' is of type date,")
          .hasMessageContaining("expected numbers (--drop leaves a column out)");
    }
  }
}
