package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.SHEET_MISSING;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.FileSignature;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.importer.sheet.Sheet;
import io.sluice.imports.text.Excerpt;
import io.sluice.schemas.imports.ImportFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a workbook. POI finds the parts in the archive, and their XML is read row by row. The file and the texts
 * of its cells are in memory, the cells are not.
 */
public final class WorkbookSheet implements Sheet {
    /** Excel itself allows 31 characters. */
    private static final int LONGEST_NAME = 255;

    private static final int MOST_NAMED = 10;

    private final WorkbookParts parts;
    private final Tab tab;
    private final SharedTexts texts;
    private final NumberStyles styles;
    private final FileLimits limits;
    private final List<String> notes;

    /** A sheet as the workbook lists it. */
    private record Tab(String name, String part, boolean hidden) {}

    private WorkbookSheet(
            WorkbookParts parts,
            Tab tab,
            SharedTexts texts,
            NumberStyles styles,
            FileLimits limits,
            List<String> notes) {
        this.parts = parts;
        this.tab = tab;
        this.texts = texts;
        this.styles = styles;
        this.limits = limits;
        this.notes = List.copyOf(notes);
    }

    /**
     * Opens a workbook.
     *
     * @param wanted name of a sheet, whatever its case; null for the first sheet that is neither hidden nor empty
     * @throws FileRefusedException when the file is no workbook, is damaged or encrypted, exceeds a limit, or has no
     *     such sheet
     */
    public static WorkbookSheet open(byte[] file, @Nullable String wanted, FileLimits limits) {
        var zip = GuardedZip.open(file, limits.inflatedBytes());
        requireWorkbook(zip);
        try {
            return open(WorkbookParts.open(zip), wanted, limits);
        } catch (OpenXML4JException | IOException | RuntimeException e) {
            throw refused(e); // whatever a parser throws, the file is the cause
        }
    }

    private static void requireWorkbook(GuardedZip zip) {
        if (zip.has("xl/workbook.bin")) {
            throw FileSignature.refused("a binary workbook (.xlsb)");
        }
        if (!zip.has("[Content_Types].xml")) {
            throw FileSignature.refused(
                    zip.has("content.xml") ? "a document of OpenOffice or LibreOffice" : "an archive (.zip)");
        }
        if (!zip.has("xl/")) {
            throw FileSignature.refused("a document of an Office program");
        }
    }

    private static WorkbookSheet open(WorkbookParts parts, @Nullable String wanted, FileLimits limits)
            throws OpenXML4JException, IOException {
        var tabs = new ArrayList<Tab>();
        var since1904 = false;
        try (var xml = new PartReader(parts.workbook())) {
            while (xml.next()) {
                if (xml.begins("workbookPr")) {
                    var date1904 = xml.attribute("date1904");
                    since1904 = date1904 != null && (date1904.equals("1") || date1904.equals("true"));
                } else if (xml.begins("sheet")) {
                    tabs.add(tab(xml));
                }
            }
        }
        var texts = SharedTexts.read(parts.sharedTexts());
        var styles = NumberStyles.read(parts.styles(), since1904);
        for (var tab : candidates(tabs, wanted)) {
            var sheet = new WorkbookSheet(parts, tab, texts, styles, limits, notes(tabs, tab));
            if (wanted != null || !sheet.isEmpty()) {
                return sheet;
            }
        }
        throw new FileRefusedException(EMPTY_FILE, "The workbook has no sheet with anything in it.");
    }

    private static Tab tab(PartReader xml) {
        var name = xml.attribute("name");
        var part = xml.attribute("id");
        var state = xml.attribute("state");
        if (name == null || name.length() > LONGEST_NAME || part == null) {
            throw PartReader.damaged(null);
        }
        return new Tab(name, part, state != null && !state.equals("visible"));
    }

    private static List<Tab> candidates(List<Tab> tabs, @Nullable String wanted) {
        if (wanted == null) {
            return tabs.stream().filter(tab -> !tab.hidden()).toList();
        }
        return tabs.stream()
                .filter(tab -> tab.name().strip().equalsIgnoreCase(wanted.strip()))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new FileRefusedException(
                        SHEET_MISSING,
                        "The workbook has no sheet '%s'; it has: %s."
                                .formatted(Excerpt.of(wanted.strip()), named(tabs))));
    }

    private static List<String> notes(List<Tab> tabs, Tab read) {
        var others =
                tabs.stream().filter(tab -> !tab.part().equals(read.part())).toList();
        return others.isEmpty()
                ? List.of()
                : List.of("Only sheet '%s' was read, and not: %s.".formatted(Excerpt.of(read.name()), named(others)));
    }

    private static String named(List<Tab> tabs) {
        var shown = tabs.stream()
                .limit(MOST_NAMED)
                .map(tab -> "'%s'%s".formatted(Excerpt.of(tab.name()), tab.hidden() ? " (hidden)" : ""))
                .collect(Collectors.joining(", "));
        return tabs.size() <= MOST_NAMED ? shown : shown + " and %d more".formatted(tabs.size() - MOST_NAMED);
    }

    private boolean isEmpty() {
        try (var rows = rows()) {
            return rows.next() == null;
        }
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public RowCursor rows() {
        return new WorkbookRows(part(), texts, styles, limits);
    }

    private InputStream part() {
        try {
            return parts.sheet(tab.part());
        } catch (OpenXML4JException | IOException | RuntimeException e) {
            throw refused(e);
        }
    }

    @Override
    public Map<String, String> facts() {
        return Map.of(ImportFacts.FORMAT, "xlsx", ImportFacts.SHEET, tab.name());
    }

    /** A parser may wrap the refusal of a guard. */
    private static FileRefusedException refused(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileRefusedException refusal) {
                return refusal;
            }
        }
        return PartReader.damaged(thrown);
    }
}
