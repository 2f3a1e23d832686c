package io.sluice.rekognition.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The errors that Rekognition documents for its face operations, and those that all services of AWS have. */
public enum ApiError {
    ACCESS_DENIED("AccessDeniedException", 400, "You are not authorized to perform the action."),
    EXPIRED_TOKEN("ExpiredTokenException", 400, "The security token included in the request is expired"),
    IMAGE_TOO_LARGE("ImageTooLargeException", 400, "The input image size exceeds the allowed limit."),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", 400, "The Authorization header is not complete."),
    INTERNAL("InternalServerError", 500, "Amazon Rekognition experienced a service issue. Try your call again."),
    INVALID_IMAGE_FORMAT("InvalidImageFormatException", 400, "Request has invalid image format"),
    INVALID_PAGINATION_TOKEN("InvalidPaginationTokenException", 400, "Request has invalid pagination token"),
    INVALID_PARAMETER("InvalidParameterException", 400, "Request has invalid parameters"),
    INVALID_S3_OBJECT(
            "InvalidS3ObjectException",
            400,
            "Unable to get object metadata from S3. Check object key, region and/or access permissions."),
    INVALID_SIGNATURE(
            "InvalidSignatureException",
            400,
            "The request signature we calculated does not match the signature you provided."),
    LIMIT_EXCEEDED("LimitExceededException", 400, "An Amazon Rekognition service limit was exceeded."),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 400, "Missing Authentication Token"),
    PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceededException", 400, "Provisioned rate exceeded."),
    RESOURCE_ALREADY_EXISTS("ResourceAlreadyExistsException", 400, "The resource already exists."),
    RESOURCE_IN_USE("ResourceInUseException", 400, "The specified resource is already being used."),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 400, "The resource specified in the request cannot be found."),
    SERIALIZATION("SerializationException", 400, "The request is not the JSON of this operation."),
    SERVICE_QUOTA_EXCEEDED(
            "ServiceQuotaExceededException", 400, "The size of the collection exceeds the allowed limit."),
    SERVICE_UNAVAILABLE("ServiceUnavailableException", 503, "The service is temporarily unavailable."),
    THROTTLING("ThrottlingException", 400, "Rate exceeded"),
    UNKNOWN_OPERATION("UnknownOperationException", 400, "The operation is not known."),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 400, "The security token included in the request is invalid.");

    private final String type;
    private final int status;
    private final String message;

    ApiError(String type, int status, String message) {
        this.type = type;
        this.status = status;
        this.message = message;
    }

    /** {@return the error with this name; empty when none has it} */
    public static Optional<ApiError> named(String type) {
        return Arrays.stream(values()).filter(error -> error.type.equals(type)).findFirst();
    }

    /** {@return its name on the wire} */
    public String type() {
        return type;
    }

    /** {@return the HTTP status that it comes with} */
    public int status() {
        return status;
    }

    /** {@return whether the caller is told to come back later, because it calls too often} */
    public boolean isThrottling() {
        return this == THROTTLING || this == PROVISIONED_THROUGHPUT_EXCEEDED;
    }

    /** {@return the refusal of a request, with this error's usual message} */
    public Rejection rejection() {
        return rejection(message);
    }

    /** {@return the refusal of a request} */
    public Rejection rejection(String because) {
        return new Rejection(this, because);
    }
}
