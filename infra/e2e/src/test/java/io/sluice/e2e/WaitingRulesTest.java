package io.sluice.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How code and tests of all modules may wait. Only {@code runtime.Waiting} and Awaitility may poll. */
@AnalyzeClasses(locations = WaitingRulesTest.EveryModule.class, importOptions = HouseRulesTest.HandWritten.class)
class WaitingRulesTest {
    @ArchTest
    static final ArchRule nobodySleepsByALatch = codeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.sluice..")
            .should(countDownWhatTheyWaitFor())
            .because("a latch that nobody counts down is a sleep");

    @ArchTest
    static final ArchRule testsDoNotSleep = noClasses()
            .that()
            .haveNameMatching(".*(Test|IT)(\\$.*)?")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("they wait for a condition");

    private static ArchCondition<JavaCodeUnit> countDownWhatTheyWaitFor() {
        return new ArchCondition<>("count down a latch that they make and wait for") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                if (calls(unit, "<init>", 1) && calls(unit, "await", 2) && !calls(unit, "countDown", 0)) {
                    events.add(SimpleConditionEvent.violated(
                            unit, unit.getFullName() + " waits for a latch that nobody counts down"));
                }
            }
        };
    }

    private static boolean calls(JavaCodeUnit unit, String method, int parameters) {
        return Stream.concat(unit.getCallsFromSelf().stream(), unit.getCodeUnitReferencesFromSelf().stream())
                .map(JavaCodeUnitAccess::getTarget)
                .anyMatch(target -> target.getName().equals(method)
                        && target.getOwner().isEquivalentTo(CountDownLatch.class)
                        && target.getRawParameterTypes().size() == parameters);
    }

    /** What Maven compiled of every module, tests too. */
    static final class EveryModule implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> test) {
            return Stream.of(Path.of("../.."), Path.of(".."))
                    .flatMap(EveryModule::folders)
                    .flatMap(module ->
                            Stream.of(module.resolve("target/classes"), module.resolve("target/test-classes")))
                    .filter(Files::isDirectory)
                    .map(Location::of)
                    .collect(Collectors.toSet());
        }

        private static Stream<Path> folders(Path parent) {
            try (var found = Files.list(parent)) {
                return found.toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
