package creditbank.http;

import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionPurpose.Award;
import creditbank.api.account.RedemptionPurpose.Counted;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Entitlement;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.Fact;
import creditbank.api.recognition.Flag;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.Judgement;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.RequirementLine;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.Shortfall;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import creditbank.enactment.Rulebooks;
import creditbank.projections.Achievements;
import creditbank.projections.Views;
import creditbank.rulebook.Rulebook;
import creditbank.rulebook.RulebookWords;
import creditbank.words.Words;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decisions on recognition and graduation as people read them: every yes and every no with its
 * clause.
 */
@Component
class DecisionAnswers {

    private final Rulebooks rulebooks;

    private final Views views;

    DecisionAnswers(Rulebooks rulebooks, Views views) {
        this.rulebooks = rulebooks;
        this.views = views;
    }

    /** What a piece is called now; absent where it was only supposed. */
    private @Nullable String title(EvidenceId evidence) {
        Achievements.Standing standing =
                Achievements.get(views, AchievementId.parse(evidence.text()));
        return standing == null ? null : standing.achievement().title();
    }

    /** @param says the clause in plain words */
    record ClauseAnswer(ClauseId id, String says) {
    }

    /**
     * Evidence that counts.
     *
     * @param title   what it is called now; absent where it was only supposed
     * @param credits absent where it is an exemption
     * @param limits  the clauses whose limits it was counted under
     */
    record GrantedAnswer(EvidenceId evidence, @Nullable String title, TargetId target,
            ClauseAnswer clause, @Nullable Credits credits, @Nullable Credits worth,
            @Nullable String grade, List<Fact> facts, List<ClauseAnswer> limits) {
    }

    /**
     * Evidence that does not.
     *
     * @param title  what it is called now; absent where it was only supposed
     * @param why    in plain words
     * @param remedy what would have to change
     */
    record RefusedAnswer(EvidenceId evidence, @Nullable String title,
            @Nullable TargetId target, @Nullable ClauseAnswer clause, RefusalCode code, String why, String remedy,
            List<Fact> facts, List<Shortfall> missing) {
    }

    record RequirementAnswer(ClauseAnswer clause, String name, boolean met, String found,
            String needed) {
    }

    record EntitlementAnswer(ClauseAnswer clause, String to, @Nullable EvidenceId evidence) {
    }

    record FlagAnswer(ClauseAnswer clause, String name, EvidenceId evidence) {
    }

    /**
     * @param engine the revision of the engine that decided
     * @param search whether the allocation is proven to be the best
     */
    record DecisionAnswer(RulebookVersion rulebook, LocalDate on, int engine,
            List<GrantedAnswer> granted, List<RefusedAnswer> refused,
            List<RequirementAnswer> requirements, List<EntitlementAnswer> entitlements,
            List<FlagAnswer> flags, Decision.Search search) {
    }

    DecisionAnswer of(Decision decision, Locale locale) {
        In in = new In(rulebooks.get(decision.rulebook()), this::title, locale);
        return new DecisionAnswer(decision.rulebook(), decision.on(), decision.engine(),
                decision.granted().stream().map(in::granted).toList(),
                decision.refused().stream().map(in::refused).toList(),
                decision.requirements().stream().map(in::requirement).toList(),
                decision.entitlements().stream().map(in::entitlement).toList(),
                decision.flags().stream().map(in::flag).toList(), decision.search());
    }

    /**
     * A piece that counted towards a diploma.
     *
     * @param credits     absent where it is an exemption
     * @param recognition in which decision it was awarded; absent, with {@code rulebook} and
     *                    {@code clause}, for a course of the school's own
     */
    record CountedAnswer(AchievementId evidence, TargetId target, @Nullable Credits credits,
            @Nullable RecognitionId recognition, @Nullable RulebookVersion rulebook,
            @Nullable ClauseAnswer clause) {
    }

    /**
     * What a rulebook said of the studies as a whole.
     *
     * @param engine the revision of the rules by which it was read
     */
    record JudgementAnswer(RulebookVersion rulebook, int engine,
            List<RequirementAnswer> requirements, List<EntitlementAnswer> entitlements) {
    }

    /**
     * Why a diploma was granted.
     *
     * @param request what was said in asking
     */
    record DiplomaAnswer(EnrolmentId enrolment, ProgrammeVersion programme,
            List<CountedAnswer> counted, List<JudgementAnswer> judgements, Attributes request) {
    }

    DiplomaAnswer of(Diploma diploma, Locale locale) {
        return new DiplomaAnswer(diploma.enrolment(), diploma.programme(),
                diploma.counted().stream().map(piece -> counted(piece, locale)).toList(),
                diploma.judgements().stream().map(judgement -> judgement(judgement, locale))
                        .toList(),
                diploma.request());
    }

    private CountedAnswer counted(Counted piece, Locale locale) {
        Award award = piece.award();
        return award == null
                ? new CountedAnswer(piece.evidence(), piece.target(), piece.credits(), null, null,
                        null)
                : new CountedAnswer(piece.evidence(), piece.target(), piece.credits(),
                        award.recognition(), award.rulebook(),
                        new In(rulebooks.get(award.rulebook()), this::title,
                                locale).clause(award.clause()));
    }

    private JudgementAnswer judgement(Judgement judgement, Locale locale) {
        In in = new In(rulebooks.get(judgement.rulebook()), this::title, locale);
        return new JudgementAnswer(judgement.rulebook(), judgement.engine(),
                judgement.requirements().stream().map(in::requirement).toList(),
                judgement.entitlements().stream().map(in::entitlement).toList());
    }

    /** In the words of one rulebook and one language. */
    private record In(Rulebook rulebook, Function<EvidenceId, @Nullable String> title,
            Locale locale) {

        ClauseAnswer clause(ClauseId id) {
            boolean chinese = Words.language(locale).equals(Locale.CHINESE);
            return new ClauseAnswer(id, rulebook.summary(id)
                    .map(words -> chinese ? words.zh() : words.en()).orElse(""));
        }

        GrantedAnswer granted(GrantedLine line) {
            return new GrantedAnswer(line.evidence(), title.apply(line.evidence()),
                    line.target(), clause(line.clause()),
                    line.credits(), line.worth(), line.grade(), line.facts(),
                    line.limits().stream().map(this::clause).toList());
        }

        RefusedAnswer refused(RefusedLine line) {
            Words.Said said = RulebookWords.of(line, rulebook, locale);
            return new RefusedAnswer(line.evidence(), title.apply(line.evidence()),
                    line.target(),
                    line.clause() == null ? null : clause(line.clause()), line.code(),
                    said.what(), said.remedy(), line.facts(), line.missing());
        }

        RequirementAnswer requirement(RequirementLine line) {
            return new RequirementAnswer(clause(line.clause()), line.name(), line.met(),
                    line.found(), line.needed());
        }

        EntitlementAnswer entitlement(Entitlement open) {
            return new EntitlementAnswer(clause(open.clause()), open.to(), open.evidence());
        }

        FlagAnswer flag(Flag flag) {
            return new FlagAnswer(clause(flag.clause()), flag.name(), flag.evidence());
        }
    }
}
