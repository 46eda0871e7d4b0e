package creditbank;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import creditbank.account.Account;
import creditbank.account.Counter;
import creditbank.agreement.Agreement;
import creditbank.api.Command;
import creditbank.api.Event;
import creditbank.institution.Institution;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerStore;
import creditbank.programme.Programme;
import creditbank.privacy.Sealing;
import creditbank.rulebook.Enactment;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The walls of the house. A rule that finds nothing to look at fails.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

    private static final String SPRING = "org.springframework..";
    private static final String AXON = "org.axonframework..";

    private static final JavaClasses BANK = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("creditbank");

    private static final DescribedPredicate<JavaClass> DECISION = DescribedPredicate.describe(
            "decide or evolve", ArchitectureTest::decides);

    /** What an account's decisions look at, and what they know of other streams. */
    private static final Set<String> OF_ACCOUNTS = Set.of("creditbank.account.Held",
            "creditbank.account.Cases", "creditbank.account.Studies",
            "creditbank.account.Admissible", "creditbank.account.Surroundings");

    private static final DescribedPredicate<JavaClass> CHECKS_BUNDLES =
            DescribedPredicate.describe("check bundles", type -> type.getName().matches(
                    "creditbank[.]audit[.](Bundle|Known|WitnessCheck).*"));

    private static final DescribedPredicate<JavaClass> SAYS_WHAT_CAME_OF_IT =
            DescribedPredicate.describe("say what came of it", type -> type.getName().matches(
                    "creditbank[.]audit[.](Finding|Verification[$].*)"));

    private static boolean decides(JavaClass type) {
        JavaClass of = type.getBaseComponentType();
        return of.getEnclosingClass().map(ArchitectureTest::decides).orElse(false)
                || OF_ACCOUNTS.contains(of.getName())
                || (of.isInterface() || of.isRecord()) && of.getMethods().stream()
                        .anyMatch(m -> Set.of("decide", "evolve").contains(m.getName()));
    }

    // ------------------------------------------------------------------ arrows

    @Test
    void all_three_modules_are_looked_at() {
        assertThat(Stream.of("creditbank.api", "creditbank.projections", "creditbank.ledger"))
                .allMatch(BANK::containPackage);
    }

    @Test
    void the_language_depends_on_nothing_of_the_bank() {
        holds(classes().that().resideInAPackage("creditbank.api..")
                .should().onlyDependOnClassesThat(resideInAnyPackage("creditbank.api..",
                        "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..")));
    }

    @Test
    void projections_depend_on_the_language_alone() {
        holds(classes().that().resideInAPackage("creditbank.projections..")
                .should().onlyDependOnClassesThat(resideInAnyPackage("creditbank.projections..",
                        "creditbank.api..", "java..", "org.jspecify..",
                        "com.fasterxml.jackson.annotation..")));
    }

    @Test
    void packages_have_an_order() {
        holds(slices().matching("creditbank.(*)..").should().beFreeOfCycles());
    }

    @Test
    void institutions_know_nothing_of_accounts() {
        holds(noClasses().that().resideInAPackage("creditbank.institution..")
                .should().dependOnClassesThat().resideInAPackage("creditbank.account.."));
    }

    @Test
    void programmes_know_nothing_of_learners() {
        holds(noClasses().that().resideInAPackage("creditbank.programme..")
                .should().dependOnClassesThat().resideInAPackage("creditbank.account.."));
    }

    // ------------------------------------------------------------------ decisions

    @Test
    void decisions_are_plain() {
        assertThat(Stream.of(
                        Account.class, Account.Open.class, Institution.class, Programme.class,
                        Enactment.class, Agreement.class))
                .allMatch(c -> DECISION.test(BANK.get(c)));
        assertThat(OF_ACCOUNTS).allMatch(BANK::contain);
        holds(classes().that(DECISION).should()
                .onlyDependOnClassesThat(DECISION.or(resideInAnyPackage(
                        "creditbank.api..", "creditbank.rulebook..", "java.lang..", "java.time..",
                        "java.util..", "org.pcollections..", "org.jspecify.."))));
    }

    @Test
    void the_rulebook_is_plain() {
        holds(noClasses().that().resideInAnyPackage("creditbank.rulebook..")
                .should().dependOnClassesThat().resideInAnyPackage(SPRING, AXON));
    }

    /** Who verifies uses nothing of what wrote. */
    @Test
    void proofs_are_checked_with_nothing_of_the_bank() {
        holds(classes().that().resideInAPackage("creditbank.proof..")
                .should().onlyDependOnClassesThat(resideInAnyPackage(
                        "creditbank.proof..", "java..", "org.jspecify..")));
    }

    /** A bundle is verified with proofs, JSON and CSV, and with no word of who made it. */
    @Test
    void a_bundle_is_checked_with_nothing_of_what_made_it() {
        assertThat(BANK.stream().filter(CHECKS_BUNDLES)).hasSizeGreaterThan(3);
        holds(classes().that(CHECKS_BUNDLES).should()
                .onlyDependOnClassesThat(CHECKS_BUNDLES.or(SAYS_WHAT_CAME_OF_IT)
                        .or(resideInAnyPackage("creditbank.proof..", "java..", "tools.jackson..",
                                "de.siegmar.fastcsv..", "org.jspecify.."))));
        holds(noClasses().that().resideInAPackage("creditbank.audit")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "creditbank.audit.evidence..", "creditbank.publishing.."));
    }

    @Test
    void publishing_knows_entries_as_bytes_alone() {
        holds(classes().that().resideInAPackage("creditbank.publishing..")
                .should().onlyDependOnClassesThat(resideInAnyPackage(
                        "creditbank.publishing..", "creditbank.proof..", "creditbank.files..",
                        "creditbank.witness..", "creditbank.ledger", "java..",
                        "org.jspecify..")));
    }

    /** It could as well run where there is no bank. */
    @Test
    void a_witness_knows_logs_alone() {
        holds(classes().that().resideInAPackage("creditbank.witness..")
                .should().onlyDependOnClassesThat(resideInAnyPackage(
                        "creditbank.witness..", "creditbank.proof..", "creditbank.files..",
                        "java..", "com.sun.net.httpserver..", "org.jspecify..")));
    }

    @Test
    void what_decides_or_folds_is_told_the_time_and_the_dice() {
        ArchRule rule = noClasses().that(DECISION.or(resideInAnyPackage(
                "creditbank.api..", "creditbank.projections..", "creditbank.rulebook..")))
                .should().callMethodWhere(DescribedPredicate.describe(
                        "look at a clock or roll dice", ArchitectureTest::looksAround));
        holds(rule);
    }

    private static boolean looksAround(JavaMethodCall call) {
        return Set.of("now", "currentTimeMillis", "nanoTime", "randomUUID", "random",
                "systemUTC", "systemDefaultZone").contains(call.getName())
                && call.getTargetOwner().getPackageName().startsWith("java.");
    }

    // ------------------------------------------------------------------ walls

    @Test
    void privacy_does_not_know_the_ledger() {
        holds(noClasses().that().resideInAPackage("creditbank.privacy..")
                .should().dependOnClassesThat().resideInAPackage("creditbank.ledger.."));
    }

    @Test
    void the_ledger_knows_neither_frameworks_nor_features() {
        holds(noClasses().that(resideInAPackage("creditbank.ledger..")
                .and(DescribedPredicate.not(resideInAPackage("creditbank.ledger.axon.."))))
                .should().dependOnClassesThat().resideInAnyPackage(AXON, SPRING,
                        "creditbank.ledger.axon..", "creditbank.account..",
                        "creditbank.institution..", "creditbank.agreement..",
                        "creditbank.enactment..", "creditbank.programme..",
                        "creditbank.rulebook.."));
    }

    @Test
    void the_store_knows_no_other_package_of_the_bank() {
        holds(noClasses().that().resideInAPackage("creditbank.store..")
                .should().dependOnClassesThat(resideInAPackage("creditbank..")
                        .and(DescribedPredicate.not(resideInAPackage("creditbank.store..")))));
    }

    /** So that nobody is shown personal data without an entry that says so. */
    @Test
    void sealed_fields_are_opened_for_answers_in_one_place() {
        holds(noClasses().that().resideInAPackage("creditbank.http..")
                .and().doNotHaveSimpleName("PersonalData")
                .should().dependOnClassesThat().areAssignableTo(Sealing.class));
        assertThat(BANK.get("creditbank.http.PersonalData").getDirectDependenciesFromSelf())
                .anyMatch(d -> d.getTargetClass().isEquivalentTo(Sealing.class));
    }

    @Test
    void views_know_no_feature() {
        holds(noClasses().that().resideInAPackage("creditbank.views..")
                .should().dependOnClassesThat().resideInAnyPackage(AXON, SPRING,
                        "creditbank.account..", "creditbank.institution..",
                        "creditbank.enactment..", "creditbank.programme..",
                        "creditbank.agreement..", "creditbank.rulebook..", "creditbank.privacy.."));
    }

    @Test
    void only_what_faces_the_outside_knows_spring() {
        holds(noClasses().that().resideOutsideOfPackages("creditbank", "creditbank.http..",
                "creditbank.web..", "creditbank.intake..", "creditbank.security..",
                "creditbank.cli..")
                .should().dependOnClassesThat().resideInAPackage(SPRING));
    }

    @Test
    void an_audit_cannot_write() {
        holds(noClasses().that().resideInAPackage("creditbank.audit..")
                .should().dependOnClassesThat(resideInAPackage("creditbank.ledger.axon..")
                        .or(DescribedPredicate.describe("write", type ->
                                type.isAssignableTo(LedgerStore.class)
                                        || type.isEquivalentTo(Ledger.class)
                                        || type.isEquivalentTo(Counter.class)))));
    }

    // ------------------------------------------------------------------ names

    @Test
    void names_say_what_a_thing_is() {
        holds(noClasses().should().haveSimpleNameEndingWith("Impl")
                .orShould().haveSimpleNameEndingWith("Manager")
                .orShould().haveSimpleNameEndingWith("Util")
                .orShould().haveSimpleNameEndingWith("Utils")
                .orShould().haveSimpleNameEndingWith("Helper"));
    }

    @Test
    void commands_and_events_are_not_called_so() {
        DescribedPredicate<JavaClass> family = DescribedPredicate.describe(
                "the sealed families", type -> type.isInterface()
                        && (type.isAssignableTo(Command.class)
                                || type.isAssignableTo(Event.class)));
        assertThat(BANK.stream().filter(family)).isNotEmpty();
        holds(noClasses().that(DescribedPredicate.not(family))
                .should().haveSimpleNameEndingWith("Command")
                .orShould().haveSimpleNameEndingWith("Event"));
    }

    @Test
    void every_package_has_a_door_sign() {
        holds(classes().should(new ArchCondition<>("be in a package that is marked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage in = type.getPackage();
                boolean marked = in.tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class)).orElse(false);
                if (!marked) {
                    events.add(SimpleConditionEvent.violated(type, in.getName()
                            + " has no package-info with @NullMarked"));
                }
            }
        }));
    }

    /** The description of the HTTP interface knows them by that name alone. */
    @Test
    void forms_and_answers_of_one_name_have_one_shape() {
        Map<String, Set<List<String>>> shapes = BANK.stream()
                .filter(type -> type.isRecord()
                        && type.getPackageName().equals("creditbank.http"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.mapping(
                        type -> Stream.of(type.reflect().getRecordComponents())
                                .map(RecordComponent::toString).toList(),
                        Collectors.toSet())));
        assertThat(shapes).isNotEmpty().allSatisfy(
                (name, found) -> assertThat(found).as(name).hasSize(1));
    }

    // ------------------------------------------------------------------

    private static void holds(ArchRule rule) {
        rule.check(BANK);
    }
}
