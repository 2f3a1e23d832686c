package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sluice.runtime.FailureCode;
import io.sluice.web.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages in {@code docs/operations} explain every failure code and every problem code. */
class OperationsPageTest {
    /** A row of a table: a status, and one or more codes. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]{3}) \\| ([^|]+) \\|");

    private static final Pattern CODE = Pattern.compile("`([A-Z_]+)`");

    @Test
    void thePageOfFailuresNamesEveryFailureCode() throws IOException {
        var page = page("failures.md");
        var codes = enums(FailureCode.class)
                .flatMap(type -> type.getEnumConstants().stream())
                .map(constant -> constant.name())
                .toList();
        assertThat(codes).isNotEmpty().allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
    }

    @Test
    void thePageOfProblemsHasEveryProblemCodeOnceWithItsStatus() throws IOException {
        var rows = ROW.matcher(page("problems.md"))
                .results()
                .flatMap(row -> CODE.matcher(row.group(2)).results().map(code -> row.group(1) + " " + code.group(1)))
                .toList();

        assertThat(rows).isNotEmpty().containsExactlyInAnyOrderElementsOf(problems());
    }

    private static List<String> problems() {
        return enums(ProblemKind.class)
                .flatMap(type -> Arrays.stream(type.reflect().getEnumConstants()))
                .map(ProblemKind.class::cast)
                .map(kind -> kind.status().getCode() + " " + kind.name())
                .toList();
    }

    private static Stream<JavaClass> enums(Class<?> kind) {
        return new ClassFileImporter()
                .importPackages("io.sluice").stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(kind))
                        .filter(type -> type.getSource()
                                .map(source -> !source.toString().contains("test-classes"))
                                .orElse(true));
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("..", "..", "docs", "operations", name));
    }
}
