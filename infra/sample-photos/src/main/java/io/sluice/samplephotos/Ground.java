package io.sluice.samplephotos;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.util.Random;

/** What is behind the people of a photo. */
enum Ground {
    MEADOW {
        @Override
        void draw(Graphics2D canvas, int width, int height, Random random) {
            sky(canvas, width, height, new Color(0x7FB8E6), new Color(0xE3F1FA));
            for (int i = 0; i < 3; i++) {
                canvas.setColor(Color.getHSBColor(0.28f + 0.04f * random.nextFloat(), 0.55f, 0.55f + 0.1f * i));
                var top = height * (0.4 + 0.12 * i);
                var left = width * (random.nextDouble() - 0.5);
                canvas.fillOval((int) left, (int) top, (int) (width * 1.7), (int) (height * 1.4));
            }
        }
    },
    SEASIDE {
        @Override
        void draw(Graphics2D canvas, int width, int height, Random random) {
            sky(canvas, width, height, new Color(0x4FA3DC), new Color(0xF7E9C9));
            canvas.setColor(new Color(0xFFF3B0));
            var sun = height / 10;
            canvas.fillOval(random.nextInt(width), random.nextInt(height / 4), sun, sun);
            canvas.setColor(new Color(0x2F7FA8));
            canvas.fillRect(0, height * 45 / 100, width, height);
            canvas.setColor(new Color(0xE9D6A4));
            canvas.fillOval(-width / 4, height * (60 + random.nextInt(15)) / 100, width * 3 / 2, height);
        }
    },
    TOWN {
        @Override
        void draw(Graphics2D canvas, int width, int height, Random random) {
            sky(canvas, width, height, new Color(0x9FB7CC), new Color(0xF3E3D3));
            var house = width / 7;
            for (int left = -random.nextInt(house); left < width; left += house) {
                var top = height * (15 + random.nextInt(30)) / 100;
                canvas.setColor(Color.getHSBColor(random.nextFloat() * 0.12f, 0.3f, 0.6f + 0.3f * random.nextFloat()));
                canvas.fillRect(left, top, house, height);
                canvas.setColor(new Color(0x54606E));
                for (int y = top + house / 4; y < height; y += house / 2) {
                    canvas.fillRect(left + house / 5, y, house / 5, house / 4);
                    canvas.fillRect(left + house * 3 / 5, y, house / 5, house / 4);
                }
            }
        }
    },
    ROOM {
        @Override
        void draw(Graphics2D canvas, int width, int height, Random random) {
            var wall = Color.getHSBColor(random.nextFloat(), 0.18f, 0.9f);
            sky(canvas, width, height, wall, wall.darker());
            canvas.setColor(new Color(0x8A6B4D));
            canvas.fillRect(0, height * 4 / 5, width, height / 5);
            canvas.setColor(new Color(0x3C3A38));
            var frame = width / 5;
            var left = random.nextInt(width - frame);
            canvas.fillRect(left, height / 12, frame, frame);
            canvas.setColor(Color.getHSBColor(random.nextFloat(), 0.5f, 0.8f));
            canvas.fillRect(left + frame / 12, height / 12 + frame / 12, frame * 5 / 6, frame * 5 / 6);
        }
    },
    MOUNTAINS {
        @Override
        void draw(Graphics2D canvas, int width, int height, Random random) {
            sky(canvas, width, height, new Color(0xE58F65), new Color(0xF6D9B4));
            for (int i = 0; i < 4; i++) {
                canvas.setColor(Color.getHSBColor(0.68f, 0.35f, 0.62f - 0.12f * i));
                var mountain = new Polygon();
                mountain.addPoint(-width / 10, height);
                for (int x = 0; x <= 8; x++) {
                    mountain.addPoint(x * width / 8, height * (30 + 12 * i + random.nextInt(18)) / 100);
                }
                mountain.addPoint(width * 11 / 10, height);
                canvas.fillPolygon(mountain);
            }
        }
    };

    /** Draws it over the whole canvas, of this size in pixels. */
    abstract void draw(Graphics2D canvas, int width, int height, Random random);

    private static void sky(Graphics2D canvas, int width, int height, Color above, Color below) {
        canvas.setPaint(new GradientPaint(0, 0, above, 0, height * 0.6f, below));
        canvas.fillRect(0, 0, width, height);
    }
}
