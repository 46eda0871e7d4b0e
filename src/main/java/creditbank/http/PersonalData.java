package creditbank.http;

import creditbank.Bank;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.value.Reason;
import creditbank.api.value.Sealed;
import creditbank.privacy.Sealing;
import creditbank.projections.Accounts;
import creditbank.projections.Views;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The one place where sealed fields are opened for an answer. Of whom something is opened for
 * somebody other than the learner is remembered; whoever gives the answer has it stand in the
 * ledger before.
 */
@Component
class PersonalData {

    /** Who reads, and of whom what was opened for them. */
    static final class Reading {
        private final @Nullable LearnerId reader;
        private final Map<LearnerId, Set<PersonalField>> shown = new LinkedHashMap<>();

        /** @param reader the learner who reads, if it is one: what is their own is not told */
        Reading(@Nullable LearnerId reader) {
            this.reader = reader;
        }

        private void opened(LearnerId learner, PersonalField field) {
            if (!learner.equals(reader)) {
                shown.computeIfAbsent(learner, _ -> EnumSet.noneOf(PersonalField.class))
                        .add(field);
            }
        }

        Map<LearnerId, Set<PersonalField>> shown() {
            return shown;
        }
    }

    private final Sealing sealing;
    private final Views views;
    private final Supplier<Reading> reading;

    /** For requests; each has its own reading. */
    @Autowired
    PersonalData(Sealing sealing, Views views) {
        this(sealing, views, AccessesOfRequests::reading);
    }

    /** For one reading of an open bank without HTTP. */
    PersonalData(Bank bank, Reading reading) {
        this(bank.sealing(), bank.views(), () -> reading);
    }

    /** @param views as they are now */
    private PersonalData(Sealing sealing, Views views, Supplier<Reading> reading) {
        this.sealing = sealing;
        this.views = views;
        this.reading = reading;
    }

    /**
     * The text, if there is any, and unless the account is restricted or erased: now, or as it was
     * asked about.
     *
     * @param asked of now, or as they were once
     */
    @Nullable String open(Views asked, LearnerId learner, PersonalField field,
            @Nullable Sealed sealed) {
        if (sealed == null || !isOpen(views, learner) || !isOpen(asked, learner)) {
            return null;
        }
        String text = sealing.open(learner, field, sealed).orElse(null);
        if (text != null) {
            reading.get().opened(learner, field);
        }
        return text;
    }

    private static boolean isOpen(Views in, LearnerId learner) {
        Accounts.Account account = in.get(Accounts.ACCOUNTS, learner.text());
        return account != null && account.status() == Accounts.Status.OPEN;
    }

    /** A reason in words; absent where none was said, or where it may not be shown. */
    @Nullable String reason(Views asked, LearnerId learner, @Nullable Reason reason) {
        return switch (reason) {
            case null -> null;
            case Reason.Clear clear -> clear.text();
            case Reason.Secret secret -> open(asked, learner, PersonalField.REASON, secret.text());
        };
    }
}
