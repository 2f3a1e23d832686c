package io.sluice.importer.xlsx;

import io.sluice.importer.sheet.FileSignature;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a workbook, found by their relationships (ISO/IEC 29500-2, 9.3). A type of relationship is known by its
 * last word, which is the same in usual workbooks and in those saved as "Strict Open XML".
 */
final class WorkbookParts {
    /** Most bytes of a list of relationships; real ones have a few thousand. */
    private static final long LARGEST_RELATIONSHIPS = 4L << 20;
    /** Most bytes of the list of sheets and of the styles. Some workbooks have tens of thousands of styles. */
    private static final long LARGEST_LIST = 32L << 20;

    private static final String USUAL_NAME = "xl/workbook.xml";

    private final GuardedZip zip;
    private final String workbook;
    private final List<Relationship> relationships;

    /** A relationship of a part to another one. */
    private record Relationship(String id, String type, String target) {}

    private WorkbookParts(GuardedZip zip, String workbook) {
        this.zip = zip;
        this.workbook = workbook;
        this.relationships = relationships(zip, workbook);
    }

    /**
     * Finds the workbook in an archive.
     *
     * @throws io.sluice.importer.sheet.FileRefusedException when it has none
     */
    static WorkbookParts open(GuardedZip zip) {
        var main = relationships(zip, "").stream()
                .filter(relationship -> relationship.type().equals("officeDocument"))
                .map(Relationship::target)
                .filter(zip::has)
                .findFirst()
                .or(() -> Optional.of(USUAL_NAME).filter(zip::has))
                .orElseThrow(() -> FileSignature.refused(
                        zip.has("content.xml")
                                ? "a document of OpenOffice or LibreOffice"
                                : zip.has("[Content_Types].xml")
                                        ? "a document of an Office program"
                                        : "an archive (.zip)"));
        if (main.endsWith(".bin")) {
            throw FileSignature.refused("a binary workbook (.xlsb)");
        }
        if (zip.hasUnder("word/") || zip.hasUnder("ppt/")) {
            throw FileSignature.refused("a document of an Office program");
        }
        return new WorkbookParts(zip, main);
    }

    private static List<Relationship> relationships(GuardedZip zip, String source) {
        var found = new ArrayList<Relationship>();
        var part = PartName.relationships(source);
        if (!zip.has(part)) {
            return found;
        }
        try (var xml = new PartReader(zip.part(part, LARGEST_RELATIONSHIPS))) {
            while (xml.next()) {
                if (xml.begins("Relationship")) {
                    var id = xml.attribute("Id");
                    var type = xml.attribute("Type");
                    var target = xml.attribute("Target");
                    if (id != null
                            && type != null
                            && target != null
                            && !"External".equals(xml.attribute("TargetMode"))) {
                        var kind = type.substring(type.lastIndexOf('/') + 1);
                        found.add(new Relationship(id, kind, PartName.target(source, target)));
                    }
                }
            }
        }
        return found;
    }

    /** {@return the list of sheets} */
    PartReader workbook() {
        return new PartReader(zip.part(workbook, LARGEST_LIST));
    }

    /** {@return the name of the part of a sheet, if the workbook has it} */
    Optional<String> nameOfSheet(String relationship) {
        return relationships.stream()
                .filter(found -> found.id().equals(relationship))
                .map(Relationship::target)
                .filter(zip::has)
                .findFirst();
    }

    /**
     * {@return a sheet}
     *
     * @param relationship its id in the list of sheets
     */
    Reader sheet(String relationship) {
        return zip.part(nameOfSheet(relationship).orElseThrow(() -> PartReader.damaged(null)), Long.MAX_VALUE);
    }

    /** {@return the texts that cells name by number; null when there are none} */
    @Nullable PartReader sharedTexts() {
        return only("sharedStrings", Long.MAX_VALUE);
    }

    /** {@return the styles of cells; null when there are none} */
    @Nullable PartReader styles() {
        return only("styles", LARGEST_LIST);
    }

    /** A few programs forget the relationship, and give the part its usual name. */
    private @Nullable PartReader only(String type, long most) {
        var related = relationships.stream()
                .filter(relationship -> relationship.type().equals(type))
                .map(Relationship::target);
        return Stream.concat(related, Stream.of(PartName.target(workbook, type + ".xml")))
                .filter(zip::has)
                .findFirst()
                .map(part -> new PartReader(zip.part(part, most)))
                .orElse(null);
    }
}
