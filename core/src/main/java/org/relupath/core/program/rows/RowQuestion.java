package org.relupath.core.program.rows;

import java.io.Serializable;

/**
 * Something that rows may be asked, answered block by block and added up: what a question needs to
 * know goes to the rows, and an answer, of a size that does not grow with their number, comes back.
 *
 * @param <S> an answer; it travels between machines
 */
public interface RowQuestion<S> extends Serializable {

  /** What it is called where jobs are listed. */
  String what();

  /** Who answers, with buffers that are kept from block to block: one a thread. */
  Worker<S> worker();

  /** Adds the answers of different rows, the lower numbers first; a may be changed and returned. */
  S plus(S a, S b);

  /**
   * Adds the answer of rows of which there are sums alone.
   *
   * @param others the sums
   * @param own the answer of all other rows; may be changed and returned
   */
  default S with(OtherRows others, S own) {
    throw new UnsupportedOperationException(what() + " of sums");
  }

  /**
   * Answers for the rows of one block after another.
   *
   * @param <S> an answer
   */
  interface Worker<S> {
    /** The answer of a block's rows, an object of its own. */
    S of(RowBlock block);
  }
}
