package io.sluice.runtime.internal;

/** A handler broke its contract. That is a defect no retry can mend, so it stops the pipeline; offsets stay. */
final class HandlerContractException extends IllegalStateException {
    HandlerContractException(String pipeline, String problem) {
        super("the handler of pipeline " + pipeline + " " + problem);
    }
}
