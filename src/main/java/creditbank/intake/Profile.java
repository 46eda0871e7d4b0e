package creditbank.intake;

import static creditbank.api.Refused.inField;

import creditbank.account.AchievementForm;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.account.IdentityForm;
import creditbank.api.value.Rule;
import creditbank.institution.InstitutionForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of file is read: which columns make which fields of the bank's forms. Written in YAML;
 * {@link Profiles} finds it, {@link ProfileReader} reads it.
 *
 * @param name        such as {@code oulad}
 * @param title       for people
 * @param institution the issuer whose files these are, if the profile is for one only
 * @param only        which rows count; the others are passed over and counted
 * @param alike       the columns in which rows that share an amount are the same; may be empty
 * @param fields      for each field of the forms where it comes from
 * @param yaml        as it was written
 */
public record Profile(
        String name,
        String title,
        @Nullable InstitutionForm institution,
        List<Filter> only,
        List<String> alike,
        Map<String, Source> fields,
        String yaml) {

    /** Of a learner: the number of an account, or who the person is. */
    static final List<String> LEARNER_FIELDS = List.of("account", "name", "documentKind",
            "documentIssuer", "documentNumber", "birthday");

    /** Of an achievement. */
    static final List<String> ACHIEVEMENT_FIELDS = List.of("kind", "issuer", "coIssuer",
            "recordKey", "title", "subject", "level", "hours", "grade", "credits.amount",
            "credits.unit", "happenedOn", "validUntil", "evidence", "number");

    /** Before the name of an attribute: where it stands among the fields. */
    static final String ATTRIBUTE = "attributes.";

    private static final Set<String> DATES = Set.of("birthday", "happenedOn", "validUntil");

    /**
     * A row counts only if the column holds one of the values.
     *
     * @param reason why the others are passed over, as the user is told
     */
    record Filter(String column, Set<String> values, String reason) {
    }

    /** What a row says, in the bank's forms. */
    record Forms(String account, IdentityForm identity, AchievementForm achievement) {

        /** The same for rows of the same learner, so that they stay in order. */
        int laneKey() {
            String number = identity.documentNumber();
            return account.isEmpty() && number != null
                    ? number.replace(" ", "").toUpperCase(Locale.ROOT).hashCode()
                    : account.hashCode();
        }
    }

    /** Why the row is passed over, if it is. */
    @Nullable String passedOver(Row row) {
        for (Filter filter : only) {
            if (!filter.values().contains(row.text(filter.column()))) {
                return filter.reason();
            }
        }
        return null;
    }

    /** @param alike how many rows of the file share this one's amount; 1 if it is not divided */
    Forms read(Row row, long alike) {
        String amount = text("credits.amount", row, alike);
        String unit = text("credits.unit", row, alike);
        CreditsForm credits = amount.isEmpty() && (unit.isEmpty() || mayCarryNoCredits())
                ? null : new CreditsForm(amount, unit);
        return new Forms(text("account", row, alike), new IdentityForm(
                text("name", row, alike),
                text("documentKind", row, alike),
                text("documentIssuer", row, alike),
                text("documentNumber", row, alike),
                day("birthday", row, alike)), new AchievementForm(
                text("kind", row, alike),
                text("issuer", row, alike),
                text("coIssuer", row, alike),
                text("recordKey", row, alike),
                text("title", row, alike),
                text("subject", row, alike),
                text("level", row, alike),
                text("hours", row, alike),
                text("grade", row, alike),
                credits,
                text("happenedOn", row, alike),
                day("validUntil", row, alike),
                text("evidence", row, alike),
                text("number", row, alike), attributes(row, alike)));
    }

    private Map<String, @Nullable Object> attributes(Row row, long alike) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        fields.forEach((field, source) -> {
            if (!(source instanceof Source.Typed typed)) {
                return;
            }
            String text = text(field, row, alike);
            if (text.isEmpty() && !typed.optional()) {
                throw Rule.REQUIRED.brokenIn(field, "");
            }
            if (!text.isEmpty()) {
                attributes.put(field.substring(ATTRIBUTE.length()),
                        inField(field, () -> typed.form(text)));
            }
        });
        return attributes;
    }

    /** A unit that is the same for every row says nothing of a row without an amount. */
    private boolean mayCarryNoCredits() {
        Source amount = fields.get("credits.amount");
        return amount != null && amount.optional()
                && fields.get("credits.unit") instanceof Source.Constant;
    }

    /** What is empty in a file is left out. */
    private @Nullable String day(String field, Row row, long alike) {
        String text = text(field, row, alike);
        return text.isBlank() ? null : text;
    }

    private String text(String field, Row row, long alike) {
        Source source = fields.get(field);
        if (source == null) {
            return "";
        }
        String text = inField(field, () -> source.text(row, alike));
        return DATES.contains(field) ? Cleaning.date(text) : text;
    }

    /** The file's own words for a field; empty where the profile itself says it. */
    String columnOf(String field) {
        Source source = fields.get(field);
        if (source == null) {
            return "";
        }
        return String.join(" + ", source.columns());
    }

    /** Every column the profile looks at, and whether a file may do without it. */
    Map<String, Boolean> columns() {
        Map<String, Boolean> columns = new LinkedHashMap<>();
        fields.values().forEach(source -> source.columns().forEach(column -> columns.merge(
                column, source.optional(), Boolean::logicalAnd)));
        only.forEach(filter -> columns.put(filter.column(), false));
        alike.forEach(column -> columns.put(column, false));
        return columns;
    }

    /** A file of this kind to fill in: the header, and a row that shows what is meant. */
    public String template() {
        List<String> header = new ArrayList<>();
        List<String> example = new ArrayList<>();
        Map<String, String> examples = new LinkedHashMap<>();
        fields.values().forEach(source -> {
            Source from = source instanceof Source.Typed typed ? typed.of() : source;
            if (from instanceof Source.Column column && column.example() != null) {
                examples.putIfAbsent(column.name(), column.example());
            }
        });
        columns().keySet().forEach(column -> {
            header.add(column);
            example.add(examples.getOrDefault(column, ""));
        });
        return CsvText.BOM + CsvText.line(header) + CsvText.line(example);
    }

    @Override
    public String toString() {
        return "profile " + name;
    }
}
