package io.sluice.gateway.imports;

import io.sluice.schemas.wire.StoredObject;

/** A file that is stored, and what is to be done with it. */
record Upload(ImportOptions options, StoredObject file, String fileName) {}
