package io.sluice.importer;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_MISSING;
import static io.sluice.importer.sheet.ImporterFailure.FILE_TOO_LARGE;

import io.sluice.importer.csv.CsvSheet;
import io.sluice.importer.json.JsonSheet;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.FileSignature;
import io.sluice.importer.sheet.Sheet;
import io.sluice.importer.xlsx.WorkbookSheet;
import io.sluice.imports.kind.ImportKind;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.ObjectStore.ObjectCorruptException;
import io.sluice.stores.objects.ObjectStore.ObjectMissingException;
import io.sluice.stores.objects.ObjectStore.ObjectTooLargeException;
import jakarta.inject.Singleton;

/**
 * Fetches the file of an import and opens it as a sheet. The first bytes say what the file is; its name is not looked
 * at. JSON is known by its content type, which the gateway sets on rows that were sent without a file.
 */
@Singleton
final class ImportFiles {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private final ObjectStore objects;
    private final ImportConfig common;
    private final SheetLimitsConfig sheets;

    ImportFiles(ObjectStore objects, ImportConfig common, SheetLimitsConfig sheets) {
        this.objects = objects;
        this.common = common;
        this.sheets = sheets;
    }

    /**
     * Opens the file of an import. The file stays in memory, and so does its text, or all texts of a workbook's cells.
     *
     * @param kind by whose fields the sheet of a workbook is chosen
     * @throws FileRefusedException when no rows can be read from it
     */
    Sheet open(ImportRequested request, ImportKind kind) {
        var file = fetch(request.object());
        return new DamagedText(
                ReaderFailures.asRefusal(request.importId(), () -> open(file, request, kind)), request.keepsDamaged());
    }

    private Sheet open(byte[] file, ImportRequested request, ImportKind kind) {
        var limits = sheets.limits();
        return switch (request.object().contentType()) {
            case JSON -> JsonSheet.ofArray(file, limits);
            case NDJSON -> JsonSheet.ofLines(file, limits);
            default ->
                switch (FileSignature.of(file)) {
                    case TEXT -> CsvSheet.open(file, request.encoding(), limits);
                    case ZIP ->
                        WorkbookSheet.open(
                                file, request.sheet(), sheet -> Header.isIn(sheet, kind, request.mapping()), limits);
                };
        };
    }

    private byte[] fetch(StoredObject object) {
        try {
            return objects.get(object, common.maxBytes());
        } catch (ObjectMissingException e) {
            throw new FileRefusedException(FILE_MISSING, "The file is no longer stored; send it again.", e);
        } catch (ObjectTooLargeException e) {
            throw new FileRefusedException(
                    FILE_TOO_LARGE,
                    "The file is larger than %,d bytes; split it into several.".formatted(common.maxBytes()),
                    e);
        } catch (ObjectCorruptException e) {
            throw new FileRefusedException(
                    FILE_DAMAGED, "The stored file is not the one that was sent; send it again.", e);
        }
    }
}
