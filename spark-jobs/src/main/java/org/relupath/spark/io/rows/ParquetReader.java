package org.relupath.spark.io.rows;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.relupath.spark.io.cells.CellReader;
import org.relupath.spark.io.cells.CellTexts;
import org.relupath.spark.io.cells.Defects;
import org.relupath.spark.io.cells.ParquetNumber;
import org.relupath.spark.io.cells.ParquetText;

/** Rows of a parquet file, whatever types of numbers, texts and dates its columns have. */
final class ParquetReader implements RowReader {
  private final ParquetFileReader file;
  private final MessageType wanted;
  private final String[] names;
  private final CellReader cells;
  private final ParquetNumber[] numbers;
  private final ParquetText[] texts;
  private final ColumnReader[] readers;
  private long position = -1;
  private long left;

  /**
   * A reader of the row groups whose middle is in a range of bytes.
   *
   * @param data the file
   * @param columns the wanted columns
   * @param start the first byte
   * @param end the byte after the last
   */
  ParquetReader(DataFile data, Columns columns, long start, long end, Configuration hadoop)
      throws IOException {
    file = open(data, start, end, hadoop);
    names = columns.all().toArray(new String[0]);
    cells = new CellReader(columns.wanted());
    numbers = new ParquetNumber[names.length];
    texts = new ParquetText[names.length];
    readers = new ColumnReader[names.length];
    MessageType schema = file.getFileMetaData().getSchema();
    List<Type> types = new ArrayList<>();
    for (int k = 0; k < names.length; k++) {
      Type type = schema.getType(names[k]);
      numbers[k] = ParquetNumber.of(type);
      texts[k] = ParquetText.of(type);
      if (numbers[k] != null && !cells.takesNumbers(k) && ParquetText.ofNumber(type) != null) {
        texts[k] = ParquetText.ofNumber(type);
        numbers[k] = null;
      }
      types.add(type);
    }
    wanted = new MessageType(schema.getName(), types);
    file.setRequestedSchema(wanted);
    advance();
  }

  /** A file's footer, and those of its row groups whose middle is in a range of bytes. */
  static ParquetFileReader open(DataFile data, long start, long end, Configuration hadoop)
      throws IOException {
    InputFile input =
        new InputFile() {
          @Override
          public long getLength() {
            return data.length();
          }

          @Override
          public SeekableInputStream newStream() throws IOException {
            return HadoopStreams.wrap(data.openRaw(hadoop));
          }
        };
    ParquetReadOptions options =
        HadoopReadOptions.builder(hadoop)
            .usePageChecksumVerification()
            .withRange(start, end)
            .build();
    return ParquetFileReader.open(input, options);
  }

  /** The number of the next row in the file; -1 where the range has none. */
  @Override
  public long position() {
    return position;
  }

  /** Goes to the next row group that has rows. */
  private void advance() throws IOException {
    while (left == 0) {
      PageReadStore group = file.readNextRowGroup();
      if (group == null) {
        return;
      }
      left = group.getRowCount();
      position = group.getRowIndexOffset().orElseThrow();
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(
              group, new Unused(names.length), wanted, file.getFileMetaData().getCreatedBy());
      for (int k = 0; k < names.length; k++) {
        ColumnDescriptor column = wanted.getColumnDescription(new String[] {names[k]});
        readers[k] = store.getColumnReader(column);
        if (group.getPageReader(column).getTotalValueCount() != left) {
          throw new IOException("column " + names[k] + " is not as long as its row group");
        }
      }
    }
  }

  @Override
  public boolean next(double[] into, int row, CellTexts found, Defects defects) throws IOException {
    if (left == 0) {
      return false;
    }
    for (int k = 0; k < names.length; k++) {
      ColumnReader reader = readers[k];
      if (reader.getCurrentDefinitionLevel() < reader.getDescriptor().getMaxDefinitionLevel()) {
        into[k] = cells.none(k, row, found, defects);
      } else if (numbers[k] != null) {
        into[k] = cells.number(k, numbers[k].of(reader), row, found, defects);
      } else {
        try {
          into[k] = cells.text(k, texts[k].of(reader), row, found, defects);
        } catch (CharacterCodingException e) {
          defects.undecodable(row, names[k]);
        }
      }
      reader.consume();
    }
    position++;
    left--;
    advance();
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Column readers ask for converters, and call none where values are taken one by one. */
  private static final class Unused extends GroupConverter {
    private final PrimitiveConverter column = new PrimitiveConverter() {};
    private final int columns;

    Unused(int columns) {
      this.columns = columns;
    }

    @Override
    public Converter getConverter(int field) {
      if (field >= columns) {
        throw new IndexOutOfBoundsException(field);
      }
      return column;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
