package io.sluice.local.demo;

import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** Outlines of the kinds of products, on a square of 100 by 100 units. */
final class SampleOutlines {
    private SampleOutlines() {}

    static Shape of(SampleKind kind) {
        return switch (kind) {
            case MUG -> mug();
            case SHOE -> shoe();
            case CHAIR -> chair();
            case LAMP -> lamp();
            case BOTTLE -> bottle();
            case BACKPACK -> backpack();
            case UMBRELLA -> umbrella();
            case BICYCLE -> bicycle();
            case BOOK -> book();
            case HEADPHONES -> headphones();
            case WATCH -> watch();
            case PAN -> pan();
            case GUITAR -> guitar();
            case TENT -> tent();
            case VASE -> vase();
        };
    }

    private static Shape mug() {
        var mug = new Area(new RoundRectangle2D.Double(22, 25, 42, 52, 8, 8));
        var handle = new Area(new Ellipse2D.Double(52, 33, 32, 34));
        handle.subtract(new Area(new Ellipse2D.Double(59, 40, 18, 20)));
        mug.add(handle);
        return mug;
    }

    private static Shape shoe() {
        return polygon(10, 70, 10, 48, 24, 40, 34, 46, 52, 40, 66, 54, 88, 60, 92, 74, 92, 80, 10, 80);
    }

    private static Shape chair() {
        return union(
                new Rectangle2D.Double(28, 12, 8, 76),
                new Rectangle2D.Double(28, 48, 44, 9),
                new Rectangle2D.Double(64, 48, 8, 40),
                new Rectangle2D.Double(28, 16, 30, 22));
    }

    private static Shape lamp() {
        return union(
                polygon(34, 14, 66, 14, 80, 46, 20, 46),
                new Rectangle2D.Double(47, 46, 6, 34),
                new Ellipse2D.Double(30, 76, 40, 12));
    }

    private static Shape bottle() {
        return union(
                new RoundRectangle2D.Double(34, 40, 32, 50, 10, 10),
                polygon(34, 44, 44, 26, 56, 26, 66, 44),
                new Rectangle2D.Double(44, 8, 12, 22));
    }

    private static Shape backpack() {
        return union(
                new RoundRectangle2D.Double(24, 22, 52, 66, 26, 26),
                new Arc2D.Double(36, 6, 28, 34, 0, 180, Arc2D.CHORD),
                new RoundRectangle2D.Double(14, 48, 72, 30, 12, 12));
    }

    private static Shape umbrella() {
        return union(
                new Arc2D.Double(8, 12, 84, 76, 0, 180, Arc2D.CHORD),
                new Rectangle2D.Double(48, 48, 4, 40),
                new Rectangle2D.Double(36, 84, 16, 5));
    }

    private static Shape bicycle() {
        return union(
                ring(6, 46, 40),
                ring(54, 46, 40),
                polygon(24, 66, 40, 34, 44, 34, 30, 66),
                polygon(38, 40, 68, 40, 68, 45, 38, 45),
                polygon(66, 28, 70, 28, 78, 66, 72, 66));
    }

    private static Shape book() {
        return union(polygon(8, 26, 48, 34, 48, 86, 8, 78), polygon(92, 26, 52, 34, 52, 86, 92, 78));
    }

    private static Shape headphones() {
        var band = new Area(new Arc2D.Double(18, 14, 64, 72, 0, 180, Arc2D.CHORD));
        band.subtract(new Area(new Arc2D.Double(25, 21, 50, 58, 0, 180, Arc2D.CHORD)));
        band.add(new Area(new RoundRectangle2D.Double(12, 48, 18, 34, 10, 10)));
        band.add(new Area(new RoundRectangle2D.Double(70, 48, 18, 34, 10, 10)));
        return band;
    }

    private static Shape watch() {
        return union(ring(26, 26, 48), new Rectangle2D.Double(38, 4, 24, 26), new Rectangle2D.Double(38, 70, 24, 26));
    }

    private static Shape pan() {
        return union(new Ellipse2D.Double(8, 30, 54, 44), new RoundRectangle2D.Double(58, 47, 38, 9, 6, 6));
    }

    private static Shape guitar() {
        return union(
                new Ellipse2D.Double(10, 50, 42, 42),
                new Ellipse2D.Double(30, 40, 30, 30),
                polygon(48, 46, 84, 10, 90, 16, 54, 52));
    }

    private static Shape tent() {
        var tent = new Area(polygon(50, 14, 94, 84, 6, 84));
        tent.subtract(new Area(polygon(50, 46, 64, 84, 36, 84)));
        return tent;
    }

    private static Shape vase() {
        return polygon(40, 8, 60, 8, 57, 28, 76, 56, 66, 90, 34, 90, 24, 56, 43, 28);
    }

    private static Shape ring(double x, double y, double size) {
        var ring = new Area(new Ellipse2D.Double(x, y, size, size));
        var band = size / 7;
        ring.subtract(new Area(new Ellipse2D.Double(x + band, y + band, size - 2 * band, size - 2 * band)));
        return ring;
    }

    private static Shape union(Shape... shapes) {
        var union = new Area();
        for (var shape : shapes) {
            union.add(new Area(shape));
        }
        return union;
    }

    private static Shape polygon(double... xy) {
        var path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }
}
