package io.sluice.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of measured figures. Its prose is written by hand. The section between {@code <!-- bench:NAME -->} and
 * {@code <!-- /bench:NAME -->} comes from the JSON file of that benchmark.
 */
public final class PerformancePage {
    private static final Pattern SECTION =
            Pattern.compile("(<!-- bench:([a-z-]+) -->\n).*?(<!-- /bench:\\2 -->)", Pattern.DOTALL);

    private PerformancePage() {}

    /**
     * Rewrites the sections that have a report. The report of a quick run does not count.
     *
     * @param reports the folder with the JSON files
     * @return the names of the rewritten sections
     */
    public static List<String> write(Path page, Path reports) throws IOException {
        var written = new ArrayList<String>();
        var text = new StringBuilder();
        var sections = SECTION.matcher(Files.readString(page));
        while (sections.find()) {
            var file = Report.file(reports, sections.group(2));
            var report = Files.exists(file) ? Report.read(file) : null;
            if (report == null || report.quick()) {
                sections.appendReplacement(text, Matcher.quoteReplacement(sections.group()));
            } else {
                written.add(report.benchmark());
                sections.appendReplacement(
                        text, Matcher.quoteReplacement(sections.group(1) + report.markdown() + sections.group(3)));
            }
        }
        Files.writeString(page, sections.appendTail(text));
        return written;
    }
}
