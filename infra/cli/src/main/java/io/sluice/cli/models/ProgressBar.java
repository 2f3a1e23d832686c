package io.sluice.cli.models;

import io.sluice.cli.progress.StatusLine;
import io.sluice.embedder.bundle.BundleDownload;
import io.sluice.schemas.text.VisibleLines;

/** Shows how much of a file is downloaded: on a terminal in one line that is rewritten, elsewhere in ten lines. */
final class ProgressBar implements BundleDownload.Progress, AutoCloseable {
    private static final int WIDTH = 30;
    private static final int STEPS_ELSEWHERE = 10;

    private final StatusLine line;
    private String file = "";
    private long shown = -1;

    ProgressBar(VisibleLines out) {
        this.line = new StatusLine(out);
    }

    @Override
    public void at(String name, long done, long total) {
        if (!name.equals(file)) {
            close();
            file = name;
            shown = -1;
        }
        var steps = line.isOnTerminal() ? 100 : STEPS_ELSEWHERE;
        var step = total > 0 ? done * steps / total : done / 10_000_000;
        if (step != shown) {
            shown = step;
            line.show("  %-28s %s".formatted(name, text(done, total)));
        }
    }

    private static String text(long done, long total) {
        if (total <= 0) {
            return ModelsCommand.megabytes(done);
        }
        var filled = (int) (done * WIDTH / total);
        return "[%s%s] %3d %% of %s"
                .formatted(
                        "#".repeat(filled),
                        ".".repeat(WIDTH - filled),
                        done * 100 / total,
                        ModelsCommand.megabytes(total));
    }

    /** Ends the line, so that it stays. */
    @Override
    public void close() {
        if (!file.isEmpty()) {
            line.end();
        }
    }
}
