package io.sluice.pictures.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** The environment of the process as native libraries see it. Java's own copy is read-only. */
public final class NativeEnvironment {
    private NativeEnvironment() {}

    /**
     * Sets a variable that is not set yet. Must be called before the library that reads the variable is loaded. Does
     * nothing where the C library has no {@code setenv}.
     */
    @SuppressWarnings(
            "restricted") // the C library's setenv has no other door from Java; its signature is fixed by POSIX
    public static void setIfAbsent(String name, String value) {
        var linker = Linker.nativeLinker();
        var setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty()) {
            return;
        }
        var type = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        try (var arena = Arena.ofConfined()) {
            var keep = 0;
            var _ = (int) linker.downcallHandle(setenv.get(), type)
                    .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), keep);
        } catch (Throwable e) {
            throw new LinkageError("cannot call setenv", e);
        }
    }
}
