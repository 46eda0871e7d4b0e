package creditbank.http;

import creditbank.api.value.Rule;
import creditbank.audit.History;
import creditbank.audit.Moment;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Places in the bank's history as they are asked for: a position, or an instant. */
@Component
class Moments {

    private final History history;
    private final Clock clock;

    Moments(History history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /** The newest entry where nothing is said. */
    Moment moment(@Nullable Long position, @Nullable String at) {
        if (position != null && at != null) {
            throw Rule.ONE_MOMENT.brokenIn("at", at);
        }
        if (position != null) {
            return history.at(Limits.position("position", position));
        }
        return at == null ? history.newest() : history.at(instant("at", at));
    }

    /** Either of the two in one field; nothing but digits is a position. */
    Moment moment(String field, @Nullable String text) {
        if (text == null) {
            return history.newest();
        }
        if (text.matches("-?[0-9]+")) {
            return history.at(Limits.position(field, position(field, text)));
        }
        return history.at(instant(field, text));
    }

    private static long position(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Rule.WHOLE_NUMBER_MALFORMED.brokenIn(field, text);
        }
    }

    private static Instant instant(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Rule.INSTANT_MALFORMED.brokenIn(field, text);
        }
    }

    /** The first is not behind the second. */
    static void inOrder(Moment from, Moment to) {
        if (from.position() > to.position()) {
            throw Rule.MOMENTS_REVERSED.brokenIn("to", from.position() + " / " + to.position());
        }
    }

    /** The bank's business day on which the entry was recorded. */
    LocalDate dayOf(Moment moment) {
        return LocalDate.ofInstant(moment.recordedAt(), clock.getZone());
    }
}
