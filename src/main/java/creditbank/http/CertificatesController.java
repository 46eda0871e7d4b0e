package creditbank.http;

import creditbank.api.Refused;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.DiplomaLevel;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.privacy.Claims;
import creditbank.projections.Accounts;
import creditbank.projections.Accounts.Account;
import creditbank.projections.Achievements;
import creditbank.projections.Achievements.Standing;
import creditbank.projections.Views;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What anyone may ask who holds a diploma or certificate in their hands: does it stand? Nothing is
 * told that the paper does not say itself.
 */
@RestController
@Tag(name = "Certificates")
class CertificatesController {

    enum Status {
        /** 有效. */
        VALID,
        /** 已撤销. */
        REVOKED,
        /** 已过期. */
        EXPIRED,
        /** The account is restricted: the bank may say nothing for now. */
        RESTRICTED,
        /** The learner's data were erased; the bank can say nothing more. */
        ERASED,
        /** The bank knows no such number of this issuer. */
        UNKNOWN
    }

    /** @param checkedAt when the bank looked */
    record CertificateAnswer(Status status, InstitutionId issuer, @Nullable AchievementKind kind,
            @Nullable String title, @Nullable String level, @Nullable LocalDate happenedOn,
            @Nullable LocalDate validUntil, @Nullable LocalDate revokedOn,
            @Nullable Instant recordedAt, @Nullable Long position, Instant checkedAt) {
    }

    private final Claims claims;
    private final Views views;
    private final Requests requests;
    private final Clock clock;

    CertificatesController(Claims claims, Views views, Requests requests, Clock clock) {
        this.claims = claims;
        this.views = views;
        this.requests = requests;
        this.clock = clock;
    }

    @GetMapping("/api/certificates/{issuer}/{number}")
    @Operation(summary = "Does this diploma or certificate stand? (anyone)")
    ResponseEntity<CertificateAnswer> certificate(@PathVariable String issuer,
            @PathVariable String number, @RequestParam(required = false) @Nullable Long after) {
        requests.after(after);
        InstitutionId by = Refused.inField(
                "issuer", () -> new InstitutionId(issuer));
        // A stored answer would go on saying "valid" after a revocation.
        return ResponseEntity.ok().cacheControl(CacheControl.noStore())
                .body(answer(views, by, number, LocalDate.now(clock)));
    }

    @GetMapping("/api/certificates/{issuer}")
    @Operation(summary = "The same for numbers that do not fit into an address (anyone)")
    ResponseEntity<CertificateAnswer> certificateByQuery(@PathVariable String issuer,
            @RequestParam String number, @RequestParam(required = false) @Nullable Long after) {
        return certificate(issuer, number, after);
    }

    /**
     * @param asked as the views are now or as they were once
     * @param on    the business day
     */
    CertificateAnswer answer(
            Views asked, InstitutionId issuer, String number, LocalDate on) {
        Standing found = find(asked, issuer, number);
        if (found == null) {
            return bare(Status.UNKNOWN, issuer);
        }
        Account account = asked.get(Accounts.ACCOUNTS, found.id().learner().text());
        if (account == null || account.status() == Accounts.Status.ERASED) {
            return bare(Status.ERASED, issuer);
        }
        if (account.status() == Accounts.Status.RESTRICTED) {
            return bare(Status.RESTRICTED, issuer);
        }
        Status status = switch (found.on(on)) {
            case REVOKED -> Status.REVOKED;
            case EXPIRED -> Status.EXPIRED;
            case AVAILABLE, NOT_YET -> Status.VALID;
        };
        return new CertificateAnswer(status, issuer, found.achievement().kind(),
                found.achievement().title(), found.achievement().level(),
                found.achievement().happenedOn(), found.achievement().validUntil(),
                found.revokedOn(), found.recordedAt(), found.position(), clock.instant());
    }

    private CertificateAnswer bare(Status status, InstitutionId issuer) {
        return new CertificateAnswer(status, issuer, null, null, null, null, null, null, null,
                null, clock.instant());
    }

    private @Nullable Standing find(Views asked, InstitutionId issuer, String number) {
        for (Claim claim : possible(issuer, number)) {
            for (Views.Row<Standing> row : asked.page(
                    Achievements.ACHIEVEMENTS, Achievements.ofNumber(claim))) {
                if (row.document().achievement().issuer().equals(issuer)) {
                    return row.document();
                }
            }
        }
        return null;
    }

    /** A number may be a certificate's or a diploma's; the holder need not know the difference. */
    List<Claim> possible(InstitutionId issuer, String number) {
        String stated = number.strip();
        return List.of(
                claims.ofCertificate(issuer, stated),
                claims.ofDiploma(issuer, DiplomaLevel.BACHELOR, stated),
                claims.ofDiploma(issuer, DiplomaLevel.SECONDARY_VOCATIONAL, stated));
    }
}
