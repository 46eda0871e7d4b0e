package creditbank.intake;

import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import creditbank.api.value.Rule;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * ELMO 1, the XML in which European universities exchange transcripts (EMREX, {@code schema.xsd}
 * of emrex-eu/elmo-schemas): a row for each learning opportunity instance, with what stands of its
 * learner, its issuer and its specification. Only what has a column is read and checked.
 */
final class ElmoRows implements RowSource {

    static final String STATUS = "status";

    private static final String NAMESPACE = "https://github.com/emrex-eu/elmo-schemas/tree/v1";
    private static final String SPECIFICATION = "learningOpportunitySpecification";
    private static final String INSTANCE = "learningOpportunityInstance";
    private static final String ISSUER = "issuer";
    private static final String LEARNER = "learner";
    private static final String REPORT = "report";
    private static final String CREDIT = "credit";
    private static final String TERM = "academicTerm";
    private static final String COMPLETED_ON = "completedOn";

    /** The schema's only ones; none will be added to them. */
    private static final List<String> STATUSES = List.of("passed", "failed", "in-progress");

    /** Elements that make a column, by the element they stand in. */
    private static final Map<String, List<String>> COLUMNS = Map.of(
            LEARNER, List.of("citizenship", "givenNames", "familyName", "bday"),
            ISSUER, List.of("country"),
            SPECIFICATION, List.of("type", "subjectArea", "iscedCode"),
            INSTANCE, List.of("start", "date", STATUS, "resultLabel", "languageOfInstruction"));

    /** In one of the places that columns are made of; files of sense have a tenth of it. */
    private static final int MOST_COLUMNS = 64;
    private static final int DEEPEST = 100;
    private static final int LONGEST_TEXT = LONGEST_ROW / MOST_COLUMNS;
    /** What the parser says of limits of its own, whatever the language. */
    private static final String LIMIT_OF_THE_PARSER = "JAXP0001";
    private static final String DEPTH_OF_THE_PARSER = "JAXP00010006";

    /** Well-formed, and too much of it. */
    private static final class Beyond extends XMLStreamException {
        private static final long serialVersionUID = 1L;
        private final Rule limit;

        private Beyond(Rule limit, XMLStreamReader at) {
            super(limit.code(), at.getLocation());
            this.limit = limit;
        }
    }

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final Counting in;
    private final Reader text;
    private @Nullable XMLStreamReader xml;
    private final Deque<String> path = new ArrayDeque<>();
    private final Map<String, String> learner = new LinkedHashMap<>();
    private final Map<String, String> issuer = new LinkedHashMap<>();
    private final Deque<Map<String, String>> specifications = new ArrayDeque<>();
    private Map<String, String> instance = new LinkedHashMap<>();
    private Map<String, String> credit = new LinkedHashMap<>();
    private long line;
    private boolean ended;
    private boolean some;
    private Columns columns = new Columns(List.of());

    ElmoRows(Reader text, Counting in) {
        this.text = text;
        this.in = in;
    }

    @Override
    public @Nullable Row next() {
        try {
            while (!ended) {
                XMLStreamReader at = reader();
                switch (at.next()) {
                    case XMLStreamConstants.START_ELEMENT -> begin(at);
                    case XMLStreamConstants.END_ELEMENT -> {
                        Row row = end();
                        if (row != null) {
                            return row;
                        }
                    }
                    case XMLStreamConstants.DTD -> throw new XMLStreamException(
                            "a document type", at.getLocation());
                    case XMLStreamConstants.END_DOCUMENT -> {
                        ended = true;
                        if (!some) {
                            return problem(at.getLocation(), Rule.ELMO_WITHOUT_RESULTS);
                        }
                    }
                    default -> {
                    }
                }
            }
            return null;
        } catch (XMLStreamException e) {
            // What comes after a break cannot be read; what came before it can.
            ended = true;
            return problem(e.getLocation(), broken(e));
        }
    }

    private static Rule broken(XMLStreamException e) {
        if (e instanceof Beyond beyond) {
            return beyond.limit;
        }
        String said = String.valueOf(e.getMessage());
        return said.contains(DEPTH_OF_THE_PARSER) ? Rule.ELMO_TOO_DEEP
                : said.contains(LIMIT_OF_THE_PARSER) ? Rule.ELMO_TOO_COMPLEX
                        : Rule.FILE_NOT_ELMO;
    }

    private static Row problem(@Nullable Location at, Rule rule) {
        int line = at == null ? 0 : at.getLineNumber();
        return new Row(Math.max(1, line), new Columns(List.of()), List.of(),
                new ValueInvalid("", rule, "line " + line));
    }

    private XMLStreamReader reader() throws XMLStreamException {
        XMLStreamReader reader = xml;
        if (reader == null) {
            reader = XML.createXMLStreamReader(text);
            xml = reader;
        }
        return reader;
    }

    // ------------------------------------------------------------------ elements

    private void begin(XMLStreamReader at) throws XMLStreamException {
        String name = at.getLocalName();
        if (path.isEmpty() && !(name.equals("elmo") && NAMESPACE.equals(at.getNamespaceURI()))) {
            throw new XMLStreamException("not ELMO 1", at.getLocation());
        }
        String parent = path.isEmpty() ? "" : path.getFirst();
        if (NAMESPACE.equals(at.getNamespaceURI())) {
            switch (name) {
                case LEARNER -> learner.clear();
                case REPORT -> issuer.clear();
                case SPECIFICATION -> specifications.push(new LinkedHashMap<>());
                case INSTANCE -> {
                    some = true;
                    instance = new LinkedHashMap<>();
                    line = at.getLocation().getLineNumber();
                }
                case CREDIT -> credit = new LinkedHashMap<>();
                default -> {
                    if (leaf(at, parent, name)) {
                        return;
                    }
                }
            }
        }
        if (path.size() == DEEPEST) {
            throw new Beyond(Rule.ELMO_TOO_DEEP, at);
        }
        path.push(name);
    }

    /** Reads an element to its end if it makes a column. */
    private boolean leaf(XMLStreamReader at, String parent, String name)
            throws XMLStreamException {
        Map<String, String> into = switch (parent) {
            case LEARNER -> learner;
            case ISSUER -> issuer;
            case SPECIFICATION -> specifications.getFirst();
            case INSTANCE -> instance;
            case CREDIT -> credit;
            case TERM -> instance;
            default -> null;
        };
        if (into == null) {
            return false;
        }
        String column = switch (name) {
            case "identifier" -> List.of(LEARNER, ISSUER, SPECIFICATION).contains(parent)
                    ? "identifier." + at.getAttributeValue(null, "type") : "";
            case "title" -> List.of(ISSUER, SPECIFICATION).contains(parent) ? title(at) : "";
            case "end" -> parent.equals(TERM) ? "term.end" : "";
            case "scheme", "value", "level" -> parent.equals(CREDIT) ? name : "";
            default -> COLUMNS.getOrDefault(parent, List.of()).contains(name) ? name : "";
        };
        if (column.isEmpty()) {
            return false;
        }
        into.putIfAbsent(column, text(at));
        if (into.size() > MOST_COLUMNS) {
            throw new Beyond(Rule.ELMO_TOO_MANY_VALUES, at);
        }
        return true;
    }

    /** What an element holds; it holds no elements, and no more than a row may. */
    private static String text(XMLStreamReader at) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        for (int next = at.next(); next != XMLStreamConstants.END_ELEMENT; next = at.next()) {
            if (next == XMLStreamConstants.START_ELEMENT) {
                throw new XMLStreamException("not plain text", at.getLocation());
            }
            if (text.length() + at.getTextLength() > LONGEST_TEXT) {
                throw new Beyond(Rule.ELMO_TEXT_TOO_LONG, at);
            }
            if (next == XMLStreamConstants.CHARACTERS || next == XMLStreamConstants.CDATA
                    || next == XMLStreamConstants.SPACE) {
                text.append(at.getTextCharacters(), at.getTextStart(), at.getTextLength());
            }
        }
        return text.toString().strip();
    }

    /** Each in its language, and in English or, where there is none, in the first one told. */
    private static String title(XMLStreamReader at) {
        String language = at.getAttributeValue("http://www.w3.org/XML/1998/namespace", "lang");
        return language == null ? "title" : "title." + language;
    }

    private @Nullable Row end() {
        String name = path.pop();
        switch (name) {
            case SPECIFICATION -> specifications.pop();
            case CREDIT -> {
                // European credits are told beside others, if at all.
                boolean ects = "ects".equalsIgnoreCase(credit.getOrDefault("scheme", ""));
                if (ects || !instance.containsKey("credit.value")) {
                    credit.forEach((part, value) -> instance.put("credit." + part, value));
                }
            }
            case INSTANCE -> {
                return row();
            }
            default -> {
            }
        }
        return null;
    }

    // ------------------------------------------------------------------ rows

    private Row row() {
        Map<String, String> members = new LinkedHashMap<>();
        add(members, "learner.", learner);
        add(members, "issuer.", issuer);
        add(members, "", specifications.isEmpty() ? Map.of() : specifications.getFirst());
        add(members, "", instance);
        members.computeIfPresent("credit.scheme", (c, scheme) -> scheme.toUpperCase(
                Locale.ROOT));
        members.put(COMPLETED_ON, day(instance.getOrDefault("date",
                instance.getOrDefault("term.end", ""))));
        members.computeIfPresent("learner.bday", (c, day) -> day(day));
        // Where a file says nothing, the schema says passed.
        String status = members.computeIfAbsent(STATUS, c -> "passed");
        List<String> names = List.copyOf(members.keySet());
        if (!names.equals(columns.names())) {
            columns = new Columns(names);
        }
        return new Row(line, columns, List.copyOf(members.values()),
                STATUSES.contains(status) ? null : unknown(status));
    }

    private static ValueInvalid unknown(String status) {
        Refused refused = Rule.CHOICE_UNKNOWN.brokenBy(status, STATUSES.toArray());
        return ((ValueInvalid) refused.refusal()).in(STATUS);
    }

    private static void add(Map<String, String> members, String prefix,
            Map<String, String> values) {
        values.forEach((name, value) -> members.put(prefix + name, value));
        if (!values.containsKey("title")) {
            values.entrySet().stream().filter(e -> e.getKey().startsWith("title."))
                    .min((one, other) -> Boolean.compare(
                            !one.getKey().equals("title.en"), !other.getKey().equals("title.en")))
                    .ifPresent(e -> members.put(prefix + "title", e.getValue()));
        }
    }

    /** A day of the schema may have a time zone behind it. */
    private static String day(String text) {
        return text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d)(Z|[+-]\\d\\d:\\d\\d)$", "$1");
    }

    @Override
    public long bytes() {
        return in.bytes();
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException e) {
            throw Sniffing.unreadable(e);
        }
    }
}
