package org.relupath.core.solve.rows;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowPasses;
import org.relupath.core.program.rows.RowQuestion;
import org.relupath.core.program.rows.RowSample;
import org.relupath.core.program.rows.RowSums;

/** Rows that remember the questions they were asked. */
public final class RecordingRows implements RowPasses {
  private final RowPasses source;
  private final List<RowQuestion<?>> asked = new ArrayList<>();

  public RecordingRows(RowPasses source) {
    this.source = source;
  }

  /** The questions of a kind so far, in order. */
  public <Q> List<Q> asked(Class<Q> kind) {
    return asked.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public long rows() {
    return source.rows();
  }

  @Override
  public int columns() {
    return source.columns();
  }

  @Override
  public int gates() {
    return source.gates();
  }

  @Override
  public RowSums sums(List<BlockWeights> weights) {
    return source.sums(weights);
  }

  @Override
  public double[] gram() {
    return source.gram();
  }

  @Override
  public RowBlock draw(RowSample sample) {
    return source.draw(sample);
  }

  @Override
  public <S> S ask(RowQuestion<S> question) {
    asked.add(question);
    return source.ask(question);
  }
}
