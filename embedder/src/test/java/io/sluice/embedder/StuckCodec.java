package io.sluice.embedder;

import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.container.Still;
import io.sluice.pictures.decode.Codec;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.decode.OpenCv;
import io.sluice.pictures.resize.Framing.Transparency;
import io.sluice.pictures.resize.PixelRows;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** OpenCV, except that some files cause an endless loop, which ignores interrupts as native code does. */
final class StuckCodec implements Codec {
    private static final int MARK = 4;

    private final Codec openCv = OpenCv.load();
    private final CountDownLatch released = new CountDownLatch(1);

    /** {@return a file that keeps the decoder busy; another file for each number} */
    static byte[] endless(int number) {
        var png = Pngs.of(number);
        var marked = Arrays.copyOf(png, png.length + MARK);
        Arrays.fill(marked, png.length, marked.length, (byte) 0x55);
        return marked;
    }

    /** {@return a file that keeps the decoder busy, with the largest accepted number of pixels} */
    static byte[] endlessAndLarge(int number) {
        var gif = StrangeImages.blankGif(7_000, 7_000);
        var marked = Arrays.copyOf(gif, gif.length + MARK);
        Arrays.fill(marked, gif.length, marked.length, (byte) 0x55);
        marked[gif.length] = (byte) number;
        return marked;
    }

    /** Ends all endless loops. */
    void release() {
        released.countDown();
    }

    @Override
    public PixelRows decode(Still still, int reduction, Transparency transparency) {
        var file = still.file();
        if (file[file.length - 1] == 0x55) {
            awaitRelease();
            throw new ImageRefusedException(Code.IMAGE_UNDECODABLE, "it took too long");
        }
        return openCv.decode(still, reduction, transparency);
    }

    private void awaitRelease() {
        while (true) {
            try {
                released.await();
                return;
            } catch (InterruptedException e) {
                // ignores interrupts, as native code does
            }
        }
    }
}
