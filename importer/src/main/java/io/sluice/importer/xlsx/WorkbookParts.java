package io.sluice.importer.xlsx;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a workbook, found by POI's package. POI's {@code XSSFReader} would find them, too, but refuses workbooks
 * that were saved as "Strict Open XML". Their parts have the same content types and other relationships.
 */
final class WorkbookParts {
    private final OPCPackage pack;
    private final PackagePart workbook;

    private WorkbookParts(OPCPackage pack, PackagePart workbook) {
        this.pack = pack;
        this.workbook = workbook;
    }

    /** Opens the package of a workbook. */
    static WorkbookParts open(GuardedZip zip) throws OpenXML4JException {
        var pack = OPCPackage.open(zip);
        var relationship = Stream.of(
                        PackageRelationshipTypes.CORE_DOCUMENT, PackageRelationshipTypes.STRICT_CORE_DOCUMENT)
                .flatMap(type ->
                        Stream.ofNullable(pack.getRelationshipsByType(type).getRelationship(0)))
                .findFirst()
                .orElseThrow(() -> new InvalidFormatException("the package has no workbook"));
        var workbook = pack.getPart(relationship);
        if (workbook == null) {
            throw new InvalidFormatException("the workbook is not in the package");
        }
        return new WorkbookParts(pack, workbook);
    }

    /** {@return the list of sheets} */
    InputStream workbook() throws IOException {
        return workbook.getInputStream();
    }

    /**
     * {@return a sheet}
     *
     * @param relationship its id in the list of sheets
     */
    InputStream sheet(String relationship) throws IOException, OpenXML4JException {
        var found = workbook.getRelationship(relationship);
        if (found == null) {
            throw new InvalidFormatException("the workbook names a sheet that is not in the package");
        }
        return workbook.getRelatedPart(found).getInputStream();
    }

    /** {@return the texts that cells name by number; null when there are none} */
    @Nullable InputStream sharedTexts() throws IOException {
        return only(XSSFRelation.SHARED_STRINGS);
    }

    /** {@return the styles of cells; null when there are none} */
    @Nullable InputStream styles() throws IOException {
        return only(XSSFRelation.STYLES);
    }

    private @Nullable InputStream only(XSSFRelation kind) throws IOException {
        var parts = pack.getPartsByContentType(kind.getContentType());
        return parts.isEmpty() ? null : parts.getFirst().getInputStream();
    }
}
