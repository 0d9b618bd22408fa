package org.relupath.spark.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relupath.spark.io.Json;

class ResultTextTest {
  @Test
  void csvHasFullPrecisionAndEmptyCells() {
    CsvTable table = new CsvTable(List.of("a", "b,c", "d", "e"));
    table.row(0.1 + 0.2, null, Double.NaN, true);
    assertThat(table.text()).isEqualTo("a,\"b,c\",d,e\n0.30000000000000004,,,1\n");
  }

  @Test
  void jsonHasNullForWhatWasNotComputed() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("gap", Double.NaN);
    value.put("objective", 0.1 + 0.2);
    value.put("unique", null);
    assertThat(Json.pretty(value).replaceAll("\\s", ""))
        .isEqualTo("{\"gap\":null,\"objective\":0.30000000000000004,\"unique\":null}");
  }
}
