package creditbank.formats;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Refusal;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.ApplicationEvent.Applicant;
import creditbank.api.account.CreditState;
import creditbank.api.account.DiplomaLevel;
import creditbank.api.account.DiplomaNumber.StudyForm;
import creditbank.api.account.DocumentKind;
import creditbank.api.account.PersonalField;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.SkillLevel;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.Comparison;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.Scope;
import creditbank.api.rulebook.SourceMark;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import creditbank.ledger.EntryFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Words that clients, files and entries name: a new one is added, none is changed or goes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WordsTest {

    private static final List<Class<? extends Enum<?>>> STORED = List.of(
            AchievementChange.class, AchievementKind.class, Applicant.class, Cause.class,
            Comparison.class, CreditState.class, CreditUnit.class, DiplomaLevel.class,
            DocumentKind.class,
            InstitutionKind.class, PersonalField.class,
            RefusalCode.class, Scope.class, Decision.Search.class, Sector.class,
            SkillLevel.class, SourceMark.class, StudyForm.class);

    @Test
    void the_codes_of_refusals_do_not_change() {
        assertThat(Stream.concat(
                Arrays.stream(Rule.values()).map(Rule::code),
                refusals(Refusal.class).filter(r -> r != Refusal.ValueInvalid.class)
                        .map(WordsTest::code)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Committed.lines("refusal-codes.txt"));
    }

    @Test
    void the_words_of_entries_do_not_change() {
        assertThat(STORED.stream().map(WordsTest::line))
                .containsExactlyElementsOf(Committed.lines("stored-words.txt"));
    }

    private static String line(Class<? extends Enum<?>> type) {
        return type.getSimpleName() + ": " + Arrays.stream(type.getEnumConstants())
                .map(word -> EntryFormat.JSON.convertValue(word, String.class))
                .collect(Collectors.joining(" "));
    }

    private static Stream<Class<?>> refusals(Class<?> type) {
        return type.isRecord() ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(WordsTest::refusals);
    }

    /** A refusal's code does not depend on what it is about. */
    private static String code(Class<?> type) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        @Nullable Object[] nothing = Arrays.stream(constructor.getParameterTypes())
                .map(t -> t == long.class ? (Object) 0L : t == int.class ? (Object) 0 : null)
                .toArray();
        try {
            return ((Refusal) constructor.newInstance(nothing)).code();
        } catch (InstantiationException | IllegalAccessException
                | InvocationTargetException e) {
            throw new AssertionError(type + " cannot be made of nothing", e);
        }
    }
}
