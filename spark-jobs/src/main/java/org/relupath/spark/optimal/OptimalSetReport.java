package org.relupath.spark.optimal;

import java.util.List;
import java.util.Objects;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;

/**
 * What the report of an optimal set says: which networks are optimal at one lambda, and how they
 * differ.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order
 * @param model which convex program
 * @param lambda the regularization
 * @param objective the optimum
 * @param unique what is claimed of uniqueness
 * @param proven whether that claim is proven
 * @param reason the deciding step, such as {@code the fits of all candidates are independent}
 * @param decidedBy the figures that decide it, in order
 * @param blockDimension dimension over blocks; null where not computed, as are the next two
 * @param mergedDimension dimension over neurons, blocks that share a ray being one
 * @param functionDimension dimension of the functions
 * @param width neurons of the solver's network
 * @param smallestWidth neurons of the smallest optimal network found
 * @param smallestProven whether there is no smaller one
 * @param neurons those that some optimal network has, in any order
 * @param levels the blocks of the program, in any order
 * @param candidates optimal networks by rule, in order
 */
public record OptimalSetReport(
    String title,
    List<KeyFigure> figures,
    Model model,
    double lambda,
    double objective,
    Unique unique,
    boolean proven,
    String reason,
    List<KeyFigure> decidedBy,
    Integer blockDimension,
    Integer mergedDimension,
    Integer functionDimension,
    int width,
    int smallestWidth,
    boolean smallestProven,
    List<NeuronRange> neurons,
    List<BlockRatio> levels,
    List<CandidateRow> candidates) {

  /** Copies the lists. */
  public OptimalSetReport {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(unique, "unique");
    Objects.requireNonNull(reason, "reason");
    figures = List.copyOf(figures);
    decidedBy = List.copyOf(decidedBy);
    neurons = List.copyOf(neurons);
    levels = List.copyOf(levels);
    candidates = List.copyOf(candidates);
  }

  /** What can be said of uniqueness. */
  public enum Unique {
    /** One network is optimal. */
    YES,
    /** At least two are. */
    NO,
    /** The figures do not decide it. */
    UNCERTAIN
  }
}
