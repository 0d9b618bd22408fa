import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Scanner;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.Type;

/**
 * Writes the schema and the rows of parquet files as text, a line a row, each value after its name: pairs of names, of a
 * file and of its text, come by standard input, a line each.
 */
public class ParquetRows {
  public static void main(String[] none) throws IOException {
    Scanner names = new Scanner(System.in);
    while (names.hasNextLine()) {
      write(new Path("file://" + names.nextLine()), java.nio.file.Path.of(names.nextLine()));
    }
  }

  private static void write(Path file, java.nio.file.Path text) throws IOException {
    try (ParquetReader<Group> rows =
            ParquetReader.builder(new GroupReadSupport(), file).withConf(new Configuration()).build();
        BufferedWriter writer = Files.newBufferedWriter(text)) {
      StringBuilder line = new StringBuilder();
      for (Group row = rows.read(); row != null; row = rows.read()) {
        if (line.isEmpty()) {
          writer.append(row.getType().toString());
        }
        line.setLength(0);
        append(row, line);
        writer.append(line).append('\n');
      }
    }
  }

  private static void append(Group row, StringBuilder line) {
    List<Type> fields = row.getType().getFields();
    for (int field = 0; field < fields.size(); field++) {
      line.append('"').append(fields.get(field).getName()).append("\" : ");
      for (int i = 0; i < row.getFieldRepetitionCount(field); i++) {
        if (fields.get(field).isPrimitive()) {
          line.append(row.getValueToString(field, i));
        } else {
          append(row.getGroup(field, i), line.append('{'));
          line.append('}');
        }
      }
      line.append(", ");
    }
  }
}
