package org.relupath.spark.io;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.relupath.core.data.Label;

/**
 * An enum of three constants, yes, no and neither, that json has as {@code true}, {@code false} and
 * the third one's name.
 */
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonSerialize(using = TrueOrFalse.Writer.class)
public @interface TrueOrFalse {
  /** Writes such a constant. */
  final class Writer extends JsonSerializer<Enum<?>> {
    @Override
    public void serialize(Enum<?> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.ordinal() < 2) {
        json.writeBoolean(value.ordinal() == 0);
      } else {
        json.writeString(Label.of(value));
      }
    }
  }
}
