package io.sluice.gateway.imports.upload;

import io.sluice.schemas.wire.StoredObject;

/** A stored file, with the options of its import. */
record StoredUpload(ImportOptions options, StoredObject file, String fileName) {}
