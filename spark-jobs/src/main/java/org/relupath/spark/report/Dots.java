package org.relupath.spark.report;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Shapes of dots, told apart without colour. */
public enum Dots {
  /** A disc. */
  DISC {
    @Override
    Shape shape(double size) {
      return new Ellipse2D.Double(-size / 2, -size / 2, size, size);
    }
  },
  /** A square. */
  SQUARE {
    @Override
    Shape shape(double size) {
      double side = 0.88 * size;
      return new Rectangle2D.Double(-side / 2, -side / 2, side, side);
    }
  },
  /** A square on its tip. */
  DIAMOND {
    @Override
    Shape shape(double size) {
      return polygon(0, -0.65 * size, 0.65 * size, 0, 0, 0.65 * size, -0.65 * size, 0);
    }
  },
  /** A triangle. */
  TRIANGLE {
    @Override
    Shape shape(double size) {
      return polygon(0, -0.6 * size, 0.6 * size, 0.5 * size, -0.6 * size, 0.5 * size);
    }
  };

  /** The shape around the origin, about {@code size} pixels wide. */
  abstract Shape shape(double size);

  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
