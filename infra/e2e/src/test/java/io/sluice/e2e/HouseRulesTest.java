package io.sluice.e2e;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.sluice.cli.command.CommandContext;
import io.sluice.runtime.Waiting;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Set;

/** The rules of architecture that a test can check. The ADRs give their reasons. */
@AnalyzeClasses(
        packages = "io.sluice",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            HouseRulesTest.HandWritten.class,
        })
class HouseRulesTest {
    private static final String[] SERVICES = {
        "io.sluice.gateway..",
        "io.sluice.embedder..",
        "io.sluice.rekognizer..",
        "io.sluice.importer..",
        "io.sluice.indexer.."
    };
    /** The gateway's features. Its other packages are shared by the features. */
    private static final String[] FEATURES = {
        "io.sluice.gateway.product..",
        "io.sluice.gateway.imports..",
        "io.sluice.gateway.photo..",
        "io.sluice.gateway.face..",
        "io.sluice.gateway.access..",
        "io.sluice.gateway.admin.."
    };

    /** Root packages that are still part of a cycle. The rule on cycles leaves them out. */
    private static final Set<String> ROOTS_IN_CYCLES = Set.of("io.sluice.cli", "io.sluice.stores");

    private static final String[] ROOMS_THAT_RUN_SERVICES = {
        "io.sluice.local..", "io.sluice.cli..", "io.sluice.bench..", "io.sluice.e2e.."
    };

    @ArchTest
    static final ArchRule schemasKnowTheJdkOnly = classes()
            .that()
            .resideInAPackage("io.sluice.schemas..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.sluice.schemas..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule onlyVisibleLinesReachATerminal = noClasses()
            .that()
            .resideInAnyPackage("io.sluice.cli..", "io.sluice.local..")
            .and()
            .doNotHaveFullyQualifiedName(CommandContext.class.getName())
            // their only text to a terminal comes when the process ends, or is picocli's
            .and()
            .doNotHaveFullyQualifiedName("io.sluice.local.KafkaExitMessage")
            .and()
            .doNotHaveFullyQualifiedName("io.sluice.cli.Sluice")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PrintStream.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(PrintWriter.class)
            .because("texts of records and files must not control the terminal of the person who reads them");

    @ArchTest
    static final ArchRule picturesKnowOpenCvOnly = classes()
            .that()
            .resideInAPackage("io.sluice.pictures..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.sluice.pictures..", "java..", "org.jspecify..", "org.bytedeco..");

    @ArchTest
    static final ArchRule theGatewayDecodesNothing = noClasses()
            .that()
            .resideInAPackage("io.sluice.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sluice.pictures.decode..")
            .because("OpenCV is not on its class path");

    @ArchTest
    static final ArchRule theClientStartsFast = classes()
            .that()
            .resideInAPackage("io.sluice.client..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.sluice.client..",
                    "io.sluice.schemas..",
                    "java..",
                    "javax.net.ssl..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..")
            .because("a verb with one request must not load other libraries");

    @ArchTest
    static final ArchRule servicesMeetOnlyOnTheWire = slices().matching(
                    "io.sluice.(gateway|embedder|rekognizer|importer|indexer)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule featuresOfTheGatewayDoNotKnowEachOther = slices().matching(
                    "io.sluice.gateway.(product|imports|photo|face|access|admin)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule whatFeaturesOfTheGatewayShareDoesNotKnowThem = noClasses()
            .that()
            .resideInAPackage("io.sluice.gateway.*..")
            .and(resideOutsideOfPackages(FEATURES))
            .should()
            .dependOnClassesThat(resideInAnyPackage(FEATURES));

    @ArchTest
    static final ArchRule serversShareWhatKnowsTheRuntimeOnly = classes()
            .that()
            .resideInAPackage("io.sluice.web..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.sluice.web..", "io.sluice.runtime..", "io.sluice.schemas..")
                    .or(resideOutsideOfPackages("io.sluice..")));

    @ArchTest
    static final ArchRule whatServicesStandOnDoesNotKnowThem = noClasses()
            .that(resideOutsideOfPackages(concat(SERVICES, ROOMS_THAT_RUN_SERVICES)))
            .should()
            .dependOnClassesThat(resideInAnyPackage(SERVICES));

    @ArchTest
    static final ArchRule theLocalStackDoesNotKnowWhatRunsOnIt = classes()
            .that()
            .resideInAnyPackage("io.sluice.stack..", "io.sluice.qdrant..", "io.sluice.journal..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "io.sluice.stack..", "io.sluice.qdrant..", "io.sluice.rekognition..", "io.sluice.journal..")
                    .or(resideOutsideOfPackages("io.sluice..")));

    @ArchTest
    static final ArchRule theRekognitionStandInKnowsPicturesAndMarkersOnly = classes()
            .that()
            .resideInAPackage("io.sluice.rekognition..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "io.sluice.rekognition..",
                            "io.sluice.journal..",
                            "io.sluice.pictures..",
                            "io.sluice.samplephotos..")
                    .or(resideOutsideOfPackages("io.sluice..")));

    @ArchTest
    static final ArchRule theEngineIsTheRuntimesOwn = noClasses()
            .that()
            .resideOutsideOfPackages("io.sluice.runtime..", "io.sluice.testkit..", "io.sluice.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sluice.runtime.engine..");

    @ArchTest
    static final ArchRule handlersDoNotKnowKafka = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.sluice.embedder..",
                    "io.sluice.rekognizer..",
                    "io.sluice.importer..",
                    "io.sluice.indexer..",
                    "io.sluice.stores..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule onnxRuntimeIsTheModelsOwn =
            onlyIn("the model package", new String[] {"io.sluice.embedder.model.."}, "ai.onnxruntime..", "ai.djl..");

    @ArchTest
    static final ArchRule openCvIsTheDecodersOwn = onlyIn(
            "the packages that decode pictures and find faces",
            new String[] {"io.sluice.pictures.decode..", "io.sluice.pictures.face.."},
            "org.bytedeco..");

    @ArchTest
    static final ArchRule eachServiceOfAwsHasItsPackage = onlyIn(
            "the packages of its services, and the benchmark that compares with them",
            new String[] {"io.sluice.stores.objects..", "io.sluice.rekognizer.aws..", "io.sluice.bench.rekognition.."},
            "software.amazon..");

    @ArchTest
    static final ArchRule qdrantIsTheVectorStoresOwn = onlyIn(
            "the Qdrant package and the stand-in",
            new String[] {"io.sluice.stores.qdrant..", "io.sluice.qdrant.."},
            "io.qdrant..",
            "io.grpc..");

    @ArchTest
    static final ArchRule postgresIsThePostgresPackagesOwn = onlyIn(
            "the Postgres packages",
            new String[] {
                "io.sluice.stores.postgres..", "io.sluice.stack..", "io.sluice.testkit..", "io.sluice.bench.postgres.."
            },
            "org.postgresql..",
            "com.zaxxer..",
            "org.flywaydb..");

    @ArchTest
    static final ArchRule dataSourcesAreThePostgresPackagesOwn = onlyIn(
            "the Postgres packages, and the rate limits, whose library takes a data source",
            new String[] {
                "io.sluice.stores.postgres..",
                "io.sluice.stack..",
                "io.sluice.testkit..",
                "io.sluice.bench.postgres..",
                "io.sluice.gateway.limits.."
            },
            "javax.sql..");

    @ArchTest
    static final ArchRule bucket4jIsTheRateLimitsOwn =
            onlyIn("the package of rate limits", new String[] {"io.sluice.gateway.limits.."}, "io.github.bucket4j..");

    @ArchTest
    static final ArchRule sqlIsWrittenInTheStores = onlyIn(
            "the Postgres packages and the stores' entities",
            new String[] {
                "io.sluice.stores.postgres..",
                "io.sluice.stores.product..",
                "io.sluice.stores.imports..",
                "io.sluice.stores.embeddings..",
                "io.sluice.stores.accounts..",
                "io.sluice.stores.letters..",
                "io.sluice.stores.photo..",
                "io.sluice.stores.face..",
                "io.sluice.stores.limits..",
                "io.sluice.stack..",
                "io.sluice.testkit..",
                "io.sluice.bench.postgres.."
            },
            "java.sql..");

    @ArchTest
    static final ArchRule entitiesStandOnVendors = noClasses()
            .that()
            .resideInAnyPackage("io.sluice.stores.postgres..", "io.sluice.stores.objects..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.sluice.stores.product..",
                    "io.sluice.stores.imports..",
                    "io.sluice.stores.embeddings..",
                    "io.sluice.stores.accounts..",
                    "io.sluice.stores.letters..",
                    "io.sluice.stores.photo..",
                    "io.sluice.stores.face..",
                    "io.sluice.stores.limits..");

    @ArchTest
    static final ArchRule entitiesDoNotKnowEachOther = slices().matching(
                    "io.sluice.stores.(product|imports|embeddings|accounts|letters|photo|face|limits)..")
            .should()
            .notDependOnEachOther();

    /** The adapter depends on the port {@code VectorStore}, so the port's package must not depend on the adapter. */
    @ArchTest
    static final ArchRule entitiesDoNotKnowQdrant = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.sluice.stores.product..",
                    "io.sluice.stores.imports..",
                    "io.sluice.stores.embeddings..",
                    "io.sluice.stores.accounts..",
                    "io.sluice.stores.letters..",
                    "io.sluice.stores.photo..",
                    "io.sluice.stores.face..",
                    "io.sluice.stores.limits..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sluice.stores.qdrant..");

    @ArchTest
    static final ArchRule password4jIsTheAccountsOwn =
            onlyIn("the package of accounts", new String[] {"io.sluice.stores.accounts.."}, "com.password4j..");

    @ArchTest
    static final ArchRule jwtsAreTheTokenPackagesOwn = onlyIn(
            "the package of tokens",
            new String[] {"io.sluice.gateway.access.token.."},
            "com.nimbusds..",
            "io.micronaut.security.token..");

    @ArchTest
    static final ArchRule jsonSchemasAreTheEditorsOwn = onlyIn(
            "the package that checks edited letters",
            new String[] {"io.sluice.gateway.admin.letters.edit.."},
            "com.networknt..");

    @ArchTest
    static final ArchRule poiIsTheWorkbookReadersOwn =
            onlyIn("the workbook package", new String[] {"io.sluice.importer.xlsx.."}, "org.apache.poi..");

    @ArchTest
    static final ArchRule fileUploadIsTheBodyReadersOwn =
            onlyIn("the body package", new String[] {"io.sluice.web.body.."}, "org.apache.commons.fileupload2..");

    @ArchTest
    static final ArchRule commonsCsvIsTheTextReadersOwn = onlyIn(
            "the packages that read and write CSV",
            new String[] {"io.sluice.importer.csv..", "io.sluice.gateway.imports.."},
            "org.apache.commons.csv..");

    @ArchTest
    static final ArchRule kafkaStreamsIsTheJobTrackersOwn = onlyIn(
            "the job tracker's packages",
            new String[] {"io.sluice.jobs.tracker..", "io.sluice.jobs.superseding..", "io.sluice.jobs.store.."},
            "org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule eventsAreRecords =
            classes().that().implement(Event.class).should().beRecords();

    @ArchTest
    static final ArchRule stepsOfJobsAreMadeByTheirMeaning = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.schemas.job..")
            .should()
            .callConstructorWhere(target(owner(assignableTo(JobEvent.class))))
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(Job.class))))
            .because("eleven constructor arguments are easily mixed up");

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that().areStatic().should().beFinal().because("an object must own each state");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*\\.(Abstract|Base)[A-Z][^.]*|.*(Impl|Utils?|Helper|Manager)")
            .because("such names do not say what the class is for");

    @ArchTest
    static final ArchRule timeComesFromOutside = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.sluice.gateway..",
                    "io.sluice.embedder..",
                    "io.sluice.rekognizer..",
                    "io.sluice.importer..",
                    "io.sluice.indexer..",
                    "io.sluice.stores..",
                    "io.sluice.jobs..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("a test must be able to set the time");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.sluice.runtime.process..",
                    "io.sluice.local..",
                    "io.sluice.cli..",
                    // a test asks the Rekognition stand-in to be slow
                    "io.sluice.rekognition.faults..")
            .and()
            .areNotAssignableTo(Waiting.class)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().assignedFrom(new Packages()).should().beFreeOfCycles();

    private static ArchRule onlyIn(String where, String[] packages, String... vendor) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(vendor)
                .because("each vendor's library is imported by " + where + " alone");
    }

    private static String[] concat(String[] some, String[] more) {
        return java.util.stream.Stream.of(some, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    /** Makes each package a slice of its own, also the root package of a module. */
    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var name = type.getPackageName();
            return ROOTS_IN_CYCLES.contains(name) ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    /** Leaves out classes that annotation processors write, such as {@code $EmbedderConfig$Introspection}. */
    static final class HandWritten implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/$") && !location.contains("/jmh_generated/");
        }
    }
}
