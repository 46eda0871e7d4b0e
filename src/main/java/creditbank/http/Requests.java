package creditbank.http;

import creditbank.Bank;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.Achievement;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Forms;
import creditbank.api.value.Rule;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import creditbank.privacy.Claims;
import creditbank.projections.Institutions;
import creditbank.security.Caller;
import creditbank.views.Follower;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What all requests share: who sends a command, which one it is, and how its receipt is given. */
@Component
class Requests {

    static final String POSITION = "Ledger-Position";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final int LONGEST_KEY = 200;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Bank bank;
    private final Claims claims;
    private final Follower follower;

    Requests(Bank bank) {
        this.bank = bank;
        this.claims = bank.claims();
        this.follower = bank.follower();
    }

    /**
     * The same caller, address, idempotency key and content are the same command. Without a key
     * every request is a command of its own.
     */
    Sender sender(Caller caller, @Nullable String onBehalfOf, HttpServletRequest request,
            Object content) {
        String key = once(request, IDEMPOTENCY_KEY);
        if (key != null && key.isBlank()) {
            throw Rule.REQUIRED.brokenIn(IDEMPOTENCY_KEY, "");
        }
        if (key != null && key.length() > LONGEST_KEY) {
            throw Rule.TEXT_TOO_LONG.brokenIn(IDEMPOTENCY_KEY, key);
        }
        String command = key == null ? bank.newCommandId()
                : claims.commandId("http", caller.name(), request.getRequestURI(), key,
                        EntryFormat.JSON.writeValueAsString(content));
        return new Sender(caller.actor(), onBehalfOf, command, expected(request));
    }

    /** Which command it is, and on what it rests, is not for the bank to choose. */
    private static @Nullable String once(HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        if (values.size() > 1) {
            throw Rule.GIVEN_TWICE.brokenIn(header, String.join(", ", values));
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static @Nullable Long expected(HttpServletRequest request) {
        String ifMatch = once(request, HttpHeaders.IF_MATCH);
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        if (!ifMatch.matches("\"[0-9]{1,18}\"")) {
            throw Rule.ID_MALFORMED.brokenIn(HttpHeaders.IF_MATCH, ifMatch);
        }
        return Long.valueOf(ifMatch.substring(1, ifMatch.length() - 1));
    }

    /** Waits until the prompt views have folded a position that the caller has seen. */
    void after(@Nullable Long position) {
        if (position != null) {
            follower.await(Limits.position("after", position), LONGEST_WAIT);
        }
    }

    /** The same for views that are not prompt. */
    void afterAll(@Nullable Long position) {
        if (position != null) {
            follower.awaitAll(Limits.position("after", position), LONGEST_WAIT);
        }
    }

    /** The last entry that all views have folded, or -1. */
    long counted() {
        return follower.reachedByAll() - 1;
    }

    /**
     * The business day asked for, or today. None is earlier than what can be recorded, and views
     * know years of four digits only.
     */
    LocalDate day(@Nullable LocalDate on) {
        if (on != null && on.isBefore(Achievement.EARLIEST)) {
            throw Rule.DATE_TOO_EARLY.brokenIn("on", on);
        }
        if (on != null && on.isAfter(Achievement.LATEST)) {
            throw Rule.DATE_MALFORMED.brokenIn("on", on);
        }
        return on == null ? LocalDate.now(bank.clock()) : on;
    }

    /** The institution that is named, or that the caller acts for where none is. */
    static InstitutionId acting(String field, @Nullable String stated, Caller caller) {
        return stated == null && caller.institution() != null ? caller.institution()
                : Refused.inField(field, () -> new InstitutionId(Forms.required(stated)));
    }

    /**
     * An institution that is registered, for itself and those who see them all.
     *
     * @param after a position that the caller has seen
     */
    InstitutionId institution(String text, @Nullable Long after, Caller caller) {
        InstitutionId institution =
                Refused.inField("institution", () -> new InstitutionId(text));
        caller.onBehalfOf(institution);
        after(after);
        Refused.refuseIf(bank.views().get(Institutions.INSTITUTIONS, institution.text()) == null,
                () -> new Refusal.InstitutionUnknown(text));
        return institution;
    }

    static LearnerId learner(String text) {
        return Refused.inField("learner", () -> new LearnerId(text));
    }

    static String etag(long sequence) {
        return "\"" + sequence + "\"";
    }

    /** What was made, and where it stands in the ledger. */
    record Written(String id, long position) {
    }

    static ResponseEntity<Written> created(String address, Receipt receipt) {
        return answer(ResponseEntity.created(URI.create(address + receipt.id())), receipt);
    }

    /** A change to something that was there before. */
    static ResponseEntity<Written> changed(Receipt receipt) {
        return answer(ResponseEntity.status(HttpStatus.CREATED), receipt);
    }

    private static ResponseEntity<Written> answer(
            ResponseEntity.BodyBuilder answer, Receipt receipt) {
        return answer.header(POSITION, Long.toString(receipt.position()))
                .eTag(etag(receipt.sequence()))
                .body(new Written(receipt.id(), receipt.position()));
    }
}
