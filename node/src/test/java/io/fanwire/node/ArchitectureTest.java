package io.fanwire.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which package may reach which: docs/architecture.md draws what this holds. */
class ArchitectureTest {
    private static final String ROOT = "io.fanwire.node";

    private static final JavaClasses NODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(NODE);
    }

    @Test
    void eachPackageReachesOnlyWhatItKnows() {
        mayReach("lane");
        mayReach("backplane");
        mayReach("backplane.redis", "backplane");
        mayReach("topic", "lane", "backplane");
        mayReach("session", "lane", "backplane", "topic");
        mayReach("socket", "session");
        mayReach("observe", "lane", "backplane", "topic", "session");
    }

    @Test
    void onlyOnePackageKnowsEachTransport() {
        onlyFrom("org.eclipse.jetty..", ROOT + ".socket");
        onlyFrom("io.lettuce..", ROOT + ".backplane.redis");
        onlyFrom("io.github.resilience4j..", ROOT + ".backplane.redis");
        onlyFrom("com.sun.net.httpserver..", ROOT + ".observe");
        onlyFrom("io.smallrye..", ROOT);
        onlyFrom("picocli..", ROOT);
    }

    @Test
    void nobodySleepsAndNobodyPrintsButMain() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(NODE);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(NODE);
    }

    private static void mayReach(String name, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = ROOT + "." + name;
        for (int i = 0; i < others.length; i++) allowed[i + 1] = ROOT + "." + others[i];
        classes()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .onlyDependOnClassesThat(
                        new com.tngtech.archunit.base.DescribedPredicate<>(
                                "reside in " + String.join(", ", allowed) + " or outside the node") {
                            @Override
                            public boolean test(com.tngtech.archunit.core.domain.JavaClass other) {
                                String reached = other.getPackageName();
                                return !reached.startsWith(ROOT)
                                        || java.util.List.of(allowed).contains(reached);
                            }
                        })
                .check(NODE);
    }

    private static void onlyFrom(String library, String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(NODE);
    }
}
