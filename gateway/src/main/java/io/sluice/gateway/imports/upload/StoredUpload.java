package io.sluice.gateway.imports.upload;

import io.sluice.schemas.wire.StoredObject;

/** A file that is stored, and what is to be done with it. */
record StoredUpload(ImportOptions options, StoredObject file, String fileName) {}
