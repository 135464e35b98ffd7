package io.fanwire.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which package may reach which: holds what docs/architecture.md says. */
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
        List<List<String>> rows = DocTable.rows("architecture.md", "package", "may reach");
        assertThat(rows.stream().map(row -> row.get(0))).containsExactlyInAnyOrderElementsOf(packages());
        for (List<String> row : rows) {
            String others = row.get(1);
            mayReach(row.get(0), others.isEmpty() ? new String[0] : others.split(", ", -1));
        }
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

    /** All but the root, which knows every other. */
    private static Set<String> packages() {
        return NODE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toSet());
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
                            public boolean test(JavaClass other) {
                                String reached = other.getPackageName();
                                return !reached.startsWith(ROOT)
                                        || List.of(allowed).contains(reached);
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
