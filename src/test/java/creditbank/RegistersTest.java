package creditbank;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.agreement.Agreements;
import creditbank.enactment.Rulebooks;
import creditbank.institution.Institution;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.programme.Programmes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistersTest {

    /** 23:30 in London, half past seven of the next morning in Dandong. */
    @Test
    void the_business_day_begins_at_the_midnight_of_the_banks_own_zone() {
        assertThat(today("Asia/Shanghai")).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(today("Europe/London")).isEqualTo(LocalDate.of(2026, 11, 21));
    }

    private static LocalDate today(String zone) {
        LedgerReader ledger = new MemoryLedgerStore(new MemoryLedgerStore.Disk());
        return new Registers(_ -> Institution.NONE, new Programmes(ledger),
                new Rulebooks(ledger), new Agreements(ledger, _ -> Institution.NONE),
                (_, _) -> Optional.empty(),
                Clock.fixed(Instant.parse("2026-11-21T23:30:00Z"), ZoneId.of(zone))).today();
    }
}
