package io.sluice.gateway.photo.upload;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Describes the form of an upload in the OpenAPI document. {@link UploadRun} reads the form. */
@Schema(name = "PhotoForm", description = "Photos to upload: up to 100 parts with one name.")
record UploadFormSchema(
        @ArraySchema(
                schema =
                        @Schema(
                                type = "string",
                                format = "binary",
                                description = "a JPEG, PNG, WebP or GIF, at most 15 MB and 50 megapixels"))
        List<String> files) {
    UploadFormSchema {
        files = List.copyOf(files);
    }
}
