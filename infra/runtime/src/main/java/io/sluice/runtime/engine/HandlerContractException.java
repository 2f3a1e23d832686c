package io.sluice.runtime.engine;

/**
 * A handler broke its contract. No retry can mend such a defect, so the consumer thread ends, and the offsets of its
 * batch are not committed.
 */
final class HandlerContractException extends IllegalStateException {
    HandlerContractException(String pipeline, String problem) {
        super("the handler of pipeline " + pipeline + " " + problem);
    }
}
