package creditbank.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import creditbank.api.Event;
import creditbank.api.EventTypes;
import creditbank.api.EventTypes.EventType;
import creditbank.api.Recorded;
import creditbank.api.Recorded.Part;
import creditbank.api.value.Reason;
import java.lang.reflect.Executable;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of an entry ({@code docs/formats/entry.md}): compact JSON in UTF-8 whose first field is
 * {@code recordedAt} in a fixed width, so that the one writer can set the time of a finished entry
 * without writing it anew.
 */
public final class EntryFormat {

    /**
     * The mapper of everything that is stored: declared order, absent rather than null, and nothing
     * absent that must be there.
     */
    public static final JsonMapper JSON = JsonMapper.builder()
            .annotationIntrospector(new ThereUnlessNullable())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String TIME_NOT_SET = "0000-00-00T00:00:00.000000Z";
    private static final byte[] TIME_FIELD =
            "{\"recordedAt\":\"".getBytes(StandardCharsets.US_ASCII);

    private static final Map<Class<?>, ObjectReader> EMBEDDED = new ConcurrentHashMap<>();

    private EntryFormat() {
    }

    /**
     * What is not {@code @Nullable} has to stand in the stored JSON, or else a damaged or foreign
     * document would be read as one with a hole in it. Only a list that is left out when empty may
     * be absent. Jackson asks once for each type, not for each document.
     */
    private static final class ThereUnlessNullable extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return mustBeThere(member) ? Boolean.TRUE : super.hasRequiredMarker(config, member);
        }

        /** A {@code null} in so many words is no better than an absent field. */
        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            return mustBeThere(annotated)
                    ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                    : super.findSetterInfo(config, annotated);
        }

        private static boolean mustBeThere(Annotated annotated) {
            return annotated instanceof AnnotatedParameter parameter
                    && parameter.getMember() instanceof Executable maker
                    && !maker.getAnnotatedParameterTypes()[parameter.getIndex()]
                            .isAnnotationPresent(Nullable.class)
                    && !parameter.hasAnnotation(JsonInclude.class);
        }
    }

    /** The fields of an entry in their written order. */
    private record Written(String recordedAt, String id, String stream, long sequence, String type,
            int revision, String actor, @Nullable String onBehalfOf, String commandId,
            @Nullable Part part, @Nullable Reason reason, Event data) {
    }

    /** An entry without a time: {@link #setTime} is still to come. */
    public static byte[] write(String id, String stream, long sequence, String actor,
            @Nullable String onBehalfOf, String commandId, @Nullable Part part, @Nullable Reason reason,
            Event event) {
        EventType type = EventTypes.of(event);
        return JSON.writeValueAsBytes(new Written(TIME_NOT_SET, id, stream, sequence, type.name(),
                type.revision(), actor, onBehalfOf, commandId, part, reason,
                event));
    }

    /** Microseconds: what the written form holds. */
    public static Instant writable(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The time as {@link #setTime} takes it; made once for a batch. */
    public static byte[] time(Instant time) {
        return TIME.format(time).getBytes(StandardCharsets.US_ASCII);
    }

    public static void setTime(byte[] entry, byte[] time) {
        System.arraycopy(time, 0, entry, TIME_FIELD.length, time.length);
    }

    /** CRC-32C, which stores keep beside the bytes: against failing disks, not against people. */
    public static long checksum(byte[] entry) {
        CRC32C crc = new CRC32C();
        crc.update(entry, 0, entry.length);
        return crc.getValue();
    }

    /** The time alone, without reading the rest. */
    public static Instant recordedAt(byte[] entry) {
        int from = TIME_FIELD.length;
        if (entry.length < from + TIME_NOT_SET.length()
                || !Arrays.equals(TIME_FIELD, 0, from, entry, 0, from)) {
            throw new IllegalArgumentException("An entry begins with its field recordedAt");
        }
        return instant(
                new String(entry, from, TIME_NOT_SET.length(), StandardCharsets.US_ASCII));
    }

    /**
     * What {@link #time} wrote. A formatter would do; it takes a fifth of the time of reading an
     * entry, and every view waits for that.
     */
    private static Instant instant(String time) {
        boolean written = time.length() == TIME_NOT_SET.length();
        for (int i = 0; written && i < time.length(); i++) {
            char c = time.charAt(i);
            char form = TIME_NOT_SET.charAt(i);
            written = form == '0' ? c >= '0' && c <= '9' : c == form;
        }
        if (!written) {
            throw new IllegalArgumentException("not a time as it is written: " + time);
        }
        return LocalDateTime.of(digits(time, 0, 4), digits(time, 5, 7), digits(time, 8, 10),
                digits(time, 11, 13), digits(time, 14, 16), digits(time, 17, 19),
                1_000 * digits(time, 20, 26)).toInstant(ZoneOffset.UTC);
    }

    private static int digits(String time, int from, int to) {
        return Integer.parseInt(time, from, to, 10);
    }

    /** Reads an entry; fails loudly on anything this version does not know. */
    public static Recorded read(Entry entry) {
        try (JsonParser in = JSON.createParser(entry.bytes())) {
            return new Reading(in).read(entry.position());
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw LedgerFailure.damaged("The entry at position " + entry.position()
                    + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads a value in the middle of a document. */
    private static ObjectReader embedded(Class<?> type) {
        return EMBEDDED.computeIfAbsent(type, t ->
                JSON.readerFor(t).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
    }

    /** One pass over an entry's fields; the type stands before the data it describes. */
    private static final class Reading {
        private final JsonParser in;
        private String recordedAt = "";
        private String id = "";
        private String stream = "";
        private long sequence = -1;
        private String type = "";
        private int revision;
        private String actor = "";
        private @Nullable String onBehalfOf;
        private String commandId = "";
        private @Nullable Part part;
        private @Nullable Reason reason;
        private @Nullable Event data;

        Reading(JsonParser in) {
            this.in = in;
        }

        Recorded read(long position) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                field(name);
            }
            if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
                throw new IllegalArgumentException("something follows the entry");
            }
            there("recordedAt", !recordedAt.isEmpty());
            there("id", !id.isEmpty());
            there("stream", !stream.isEmpty());
            there("sequence", sequence >= 0);
            there("actor", !actor.isEmpty());
            there("commandId", !commandId.isEmpty());
            if (data == null) {
                throw new IllegalArgumentException("the field data is missing");
            }
            return new Recorded(position, id, stream, sequence, instant(recordedAt), actor,
                    onBehalfOf, commandId, part, reason, data);
        }

        private static void there(String name, boolean found) {
            if (!found) {
                throw new IllegalArgumentException("the field " + name + " is missing");
            }
        }

        private void field(String name) {
            switch (name) {
                case "recordedAt" -> recordedAt = in.getString();
                case "id" -> id = in.getString();
                case "stream" -> stream = in.getString();
                case "sequence" -> sequence = in.getLongValue();
                case "type" -> type = in.getString();
                case "revision" -> revision = in.getIntValue();
                case "actor" -> actor = in.getString();
                case "onBehalfOf" -> onBehalfOf = in.getString();
                case "commandId" -> commandId = in.getString();
                case "part" -> part = embedded(Part.class).readValue(in);
                case "reason" -> reason = embedded(Reason.class).readValue(in);
                case "data" -> data = embedded(EventTypes.named(type, revision).type()).readValue(in);
                default -> throw new IllegalArgumentException("unknown field " + name);
            }
        }
    }
}
