package io.sluice.importer;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_MISSING;
import static io.sluice.importer.sheet.ImporterFailure.FILE_TOO_LARGE;

import io.sluice.importer.csv.CsvSheet;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Sheet;
import io.sluice.importer.sheet.Signature;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.ObjectStore.ObjectCorruptException;
import io.sluice.stores.objects.ObjectStore.ObjectMissingException;
import io.sluice.stores.objects.ObjectStore.ObjectTooLargeException;
import jakarta.inject.Singleton;

/** Fetches files, and tells what they are by looking at their bytes: their names count for nothing. */
@Singleton
final class SheetFiles {
    private final ObjectStore objects;
    private final ImportConfig common;
    private final ImporterConfig own;

    SheetFiles(ObjectStore objects, ImportConfig common, ImporterConfig own) {
        this.objects = objects;
        this.common = common;
        this.own = own;
    }

    /**
     * Opens the file of an import. It is kept in memory, with its text or, of a workbook, all the texts of its cells.
     *
     * @throws FileRefusedException when it is nothing that rows can be read from
     */
    Sheet open(ImportRequested request) {
        var file = fetch(request.object());
        return switch (Signature.of(file)) {
            case TEXT -> CsvSheet.open(file, own.limits());
            case ZIP -> throw new FileRefusedException(FILE_DAMAGED, "Workbooks are not read yet.");
        };
    }

    private byte[] fetch(StoredObject object) {
        try {
            return objects.get(object, common.maxBytes());
        } catch (ObjectMissingException e) {
            throw new FileRefusedException(FILE_MISSING, "The file is not kept any more; send it again.", e);
        } catch (ObjectTooLargeException e) {
            throw new FileRefusedException(
                    FILE_TOO_LARGE,
                    "The file is larger than %,d bytes; split it into several.".formatted(common.maxBytes()),
                    e);
        } catch (ObjectCorruptException e) {
            throw new FileRefusedException(FILE_DAMAGED, "The file is not what was sent any more; send it again.", e);
        }
    }
}
