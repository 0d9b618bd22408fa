package org.relupath.spark.io;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.relupath.core.data.Label;
import org.relupath.core.solve.Status;

/** Results as json: indented, doubles in full precision, null for what was not computed. */
public final class Json {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectWriter WRITER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(Double.TYPE, new FiniteOrNull())
                  .addSerializer(Enum.class, new Labelled()))
          .writerWithDefaultPrettyPrinter();

  private Json() {}

  /**
   * The text of a value, ended by a newline: of a record a member for each component, in their
   * order. A double that is not finite was not computed: null. Constants of enums are written as
   * {@link Label} has them.
   */
  public static String pretty(Object value) {
    try {
      return WRITER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result has no json form", e);
    }
  }

  /**
   * Reads one json value, and nothing after it.
   *
   * @param text which may begin with a byte order mark
   * @throws IllegalArgumentException saying why it is none: cut off, a key twice, nested too deeply
   */
  public static JsonNode parse(String text) {
    try {
      JsonNode node = STRICT.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
      if (node.isMissingNode()) {
        throw new IllegalArgumentException("is empty, expected json");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is not json: " + e.getOriginalMessage(), e);
    }
  }

  /** Reads records of a type that {@link #pretty} wrote; a number that is missing is refused. */
  public static ObjectReader reader(Class<?> type) {
    return new ObjectMapper()
        .addMixIn(Status.class, ByLabel.class)
        .readerFor(type)
        .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  }

  /** How a {@link Status} is spelled. */
  private interface ByLabel {
    @JsonValue
    String label();
  }

  @SuppressWarnings("rawtypes") // as a module takes serializers of all enums
  private static final class Labelled extends JsonSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Label.of(value));
    }
  }

  private static final class FiniteOrNull extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }
}
