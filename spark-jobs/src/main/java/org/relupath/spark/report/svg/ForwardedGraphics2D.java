package org.relupath.spark.report.svg;

import java.awt.Color;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.Map;

/** Passes on what {@link java.awt.Graphics2D} declares, too. */
public abstract class ForwardedGraphics2D extends ForwardedGraphics {
  private final Graphics2D target;

  /** Graphics that hand every call to others. */
  public ForwardedGraphics2D(Graphics2D target) {
    super(target);
    this.target = target;
  }

  @Override
  public void draw(Shape s) {
    target.draw(s);
  }

  @Override
  public boolean drawImage(Image img, AffineTransform xform, ImageObserver obs) {
    return target.drawImage(img, xform, obs);
  }

  @Override
  public void drawImage(BufferedImage img, BufferedImageOp op, int x, int y) {
    target.drawImage(img, op, x, y);
  }

  @Override
  public void drawRenderedImage(RenderedImage img, AffineTransform xform) {
    target.drawRenderedImage(img, xform);
  }

  @Override
  public void drawRenderableImage(RenderableImage img, AffineTransform xform) {
    target.drawRenderableImage(img, xform);
  }

  @Override
  public void drawString(String str, int x, int y) {
    target.drawString(str, x, y);
  }

  @Override
  public void drawString(String str, float x, float y) {
    target.drawString(str, x, y);
  }

  @Override
  public void drawString(AttributedCharacterIterator iterator, int x, int y) {
    target.drawString(iterator, x, y);
  }

  @Override
  public void drawString(AttributedCharacterIterator iterator, float x, float y) {
    target.drawString(iterator, x, y);
  }

  @Override
  public void drawGlyphVector(GlyphVector g, float x, float y) {
    target.drawGlyphVector(g, x, y);
  }

  @Override
  public void fill(Shape s) {
    target.fill(s);
  }

  @Override
  public boolean hit(Rectangle rect, Shape s, boolean onStroke) {
    return target.hit(rect, s, onStroke);
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    return target.getDeviceConfiguration();
  }

  @Override
  public void setComposite(Composite comp) {
    target.setComposite(comp);
  }

  @Override
  public void setPaint(Paint paint) {
    target.setPaint(paint);
  }

  @Override
  public void setStroke(Stroke s) {
    target.setStroke(s);
  }

  @Override
  public void setRenderingHint(RenderingHints.Key hintKey, Object hintValue) {
    target.setRenderingHint(hintKey, hintValue);
  }

  @Override
  public Object getRenderingHint(RenderingHints.Key hintKey) {
    return target.getRenderingHint(hintKey);
  }

  @Override
  public void setRenderingHints(Map<?, ?> hints) {
    target.setRenderingHints(hints);
  }

  @Override
  public void addRenderingHints(Map<?, ?> hints) {
    target.addRenderingHints(hints);
  }

  @Override
  public RenderingHints getRenderingHints() {
    return target.getRenderingHints();
  }

  @Override
  public void translate(int x, int y) {
    target.translate(x, y);
  }

  @Override
  public void translate(double tx, double ty) {
    target.translate(tx, ty);
  }

  @Override
  public void rotate(double theta) {
    target.rotate(theta);
  }

  @Override
  public void rotate(double theta, double x, double y) {
    target.rotate(theta, x, y);
  }

  @Override
  public void scale(double sx, double sy) {
    target.scale(sx, sy);
  }

  @Override
  public void shear(double shx, double shy) {
    target.shear(shx, shy);
  }

  @Override
  public void transform(AffineTransform Tx) {
    target.transform(Tx);
  }

  @Override
  public void setTransform(AffineTransform Tx) {
    target.setTransform(Tx);
  }

  @Override
  public AffineTransform getTransform() {
    return target.getTransform();
  }

  @Override
  public Paint getPaint() {
    return target.getPaint();
  }

  @Override
  public Composite getComposite() {
    return target.getComposite();
  }

  @Override
  public void setBackground(Color color) {
    target.setBackground(color);
  }

  @Override
  public Color getBackground() {
    return target.getBackground();
  }

  @Override
  public Stroke getStroke() {
    return target.getStroke();
  }

  @Override
  public void clip(Shape s) {
    target.clip(s);
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return target.getFontRenderContext();
  }
}
