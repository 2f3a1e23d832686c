package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sluice.runtime.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/operations/failures.md} explains every failure code. */
class OperationsPageTest {
    @Test
    void thePageNamesEveryFailureCode() throws IOException {
        var page = Files.readString(Path.of("..", "..", "docs", "operations", "failures.md"));
        var codes = new ClassFileImporter()
                .importPackages("io.sluice").stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(FailureCode.class))
                        .filter(type -> type.getSource()
                                .map(source -> !source.toString().contains("test-classes"))
                                .orElse(true))
                        .flatMap(OperationsPageTest::constants)
                        .toList();
        assertThat(codes).isNotEmpty().allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
    }

    private static Stream<String> constants(JavaClass type) {
        return type.getEnumConstants().stream().map(constant -> constant.name());
    }
}
