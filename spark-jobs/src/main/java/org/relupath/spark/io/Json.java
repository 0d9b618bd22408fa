package org.relupath.spark.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** Results as json: indented, doubles in full precision, null for what was not computed. */
public final class Json {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectMapper PRETTY =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(Double.TYPE, new FiniteOrNull()))
          .enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /**
   * The text of a value, ended by a newline. A double that is not finite was not computed: null.
   */
  public static String pretty(Object value) {
    try {
      return PRETTY.writeValueAsString(value) + "\n";
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
