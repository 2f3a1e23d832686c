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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a workbook. Its XML is read row by row. The file and the texts
 * of its cells are in memory, the cells are not.
 */
public final class WorkbookSheet implements Sheet {
    /** Excel itself allows 31 characters. */
    private static final int LONGEST_NAME = 255;

    private static final int MOST_NAMED = 10;

    private static final int MOST_SHEETS = 10_000;

    private final WorkbookParts parts;
    private final Tab tab;
    private final SharedTexts texts;
    private final NumberStyles styles;
    private final MergedAreas merged;
    private final FileLimits limits;
    private final List<String> notes;

    /** A sheet as the workbook lists it. */
    private record Tab(String name, String part, boolean hidden) {}

    private WorkbookSheet(
            WorkbookParts parts,
            Tab tab,
            SharedTexts texts,
            NumberStyles styles,
            MergedAreas merged,
            FileLimits limits,
            List<String> notes) {
        this.parts = parts;
        this.tab = tab;
        this.texts = texts;
        this.styles = styles;
        this.merged = merged;
        this.limits = limits;
        this.notes = List.copyOf(notes);
    }

    /**
     * Opens a workbook.
     *
     * @param wanted name of a sheet, whatever its case. When it is null, the first sheet that is not hidden and has a
     *     table is read, or else the first one that is neither hidden nor empty
     * @param hasTable whether the header of a sheet can be recognized
     * @throws FileRefusedException when the file is no workbook, is damaged or encrypted, exceeds a limit, or has no
     *     such sheet
     */
    public static WorkbookSheet open(
            byte[] file, @Nullable String wanted, Predicate<Sheet> hasTable, FileLimits limits) {
        try {
            return open(WorkbookParts.open(GuardedZip.open(file, limits.inflatedBytes())), wanted, hasTable, limits);
        } catch (RuntimeException e) {
            throw refused(e); // whatever a parser throws, the file is the cause
        }
    }

    private static WorkbookSheet open(
            WorkbookParts parts, @Nullable String wanted, Predicate<Sheet> hasTable, FileLimits limits) {
        var tabs = new ArrayList<Tab>();
        var since1904 = false;
        var isWorkbook = false;
        try (var xml = parts.workbook()) {
            while (xml.next()) {
                isWorkbook = isWorkbook || xml.begins("workbook");
                if (xml.begins("workbookPr")) {
                    var date1904 = xml.attribute("date1904");
                    since1904 = date1904 != null && (date1904.equals("1") || date1904.equals("true"));
                } else if (xml.begins("sheet") && tabs.size() < MOST_SHEETS) {
                    tabs.add(tab(xml));
                }
            }
        }
        if (!isWorkbook) {
            throw FileSignature.refused("a document of an Office program");
        }
        var texts = SharedTexts.read(parts.sharedTexts());
        var styles = NumberStyles.read(parts.styles(), since1904);
        var tried = new HashSet<String>();
        WorkbookSheet first = null;
        for (var tab : candidates(tabs, wanted)) {
            var isNew = parts.nameOfSheet(tab.part()).map(tried::add).orElse(false);
            if (!isNew && wanted == null) {
                continue;
            }
            var merged = MergedAreas.read(() -> parts.sheet(tab.part()));
            var sheet = new WorkbookSheet(parts, tab, texts, styles, merged, limits, notes(tabs, tab));
            if (wanted != null || hasTable.test(sheet)) {
                return sheet;
            }
            first = first == null && !sheet.isEmpty() ? sheet : first;
        }
        if (first != null) {
            return first;
        }
        throw new FileRefusedException(
                EMPTY_FILE,
                tabs.stream().anyMatch(Tab::hidden)
                        ? "The sheets of the workbook that are not hidden have nothing in them; it has: %s."
                                .formatted(named(tabs))
                        : "The workbook has no sheet with anything in it.");
    }

    private static Tab tab(PartReader xml) {
        var name = xml.attribute("name");
        var part = xml.attribute("id");
        var state = xml.attribute("state");
        if (name == null || name.length() > LONGEST_NAME) {
            throw PartReader.damaged(null);
        }
        return new Tab(name, part == null ? "" : part, state != null && !state.equals("visible"));
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
                : List.of("Only sheet '%s' was read, and not: %s; --sheet reads another one."
                        .formatted(Excerpt.of(read.name()), named(others)));
    }

    private static String named(List<Tab> tabs) {
        return Excerpt.ofAll(
                tabs, MOST_NAMED, tab -> "'%s'%s".formatted(Excerpt.of(tab.name()), tab.hidden() ? " (hidden)" : ""));
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
        return new WorkbookRows(new PartReader(parts.sheet(tab.part())), texts, styles, merged, limits);
    }

    @Override
    public boolean leavesOutBlankCells() {
        return true;
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
