package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.rulebook.RulebookHead;
import creditbank.api.value.Region;
import creditbank.api.value.Title;
import creditbank.projections.Figure;
import creditbank.projections.Place.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The numbers that policies set (政策指标): each a file {@code indicators/*.yaml} that comes with the
 * bank, so another policy is another file.
 */
@Component
class Policies {

    /** What is counted towards a target. */
    enum Unit {
        /** 人. */
        PEOPLE,
        /** 人次. */
        PERSON_TIMES,
        /** Things of which the bank keeps no figure. */
        COUNT
    }

    /**
     * A number to reach.
     *
     * @param says   what is to be reached
     * @param figure what counts towards it; absent where the bank keeps no such figure
     */
    record Target(String id, Title says, @Nullable String figure, Unit unit, long target) {

        Target {
            if (figure == null ? unit != Unit.COUNT
                    : unit == Unit.COUNT || Figure.of(figure).isEmpty()) {
                throw new IllegalArgumentException(id + ": " + figure + " in " + unit);
            }
            if (target < 1) {
                throw new IllegalArgumentException(id + ": " + target);
            }
        }
    }

    /**
     * A policy.
     *
     * @param region  of whom it asks this
     * @param targets numbers to reach
     * @param dualQualifiedTeachers which share of them, in hundredths of the whole, by kind of
     *                              institution
     */
    record Policy(String id, Title title, RulebookHead.Source source, Region region,
            List<Target> targets, Map<InstitutionKind, BigDecimal> dualQualifiedTeachers) {

        Policy {
            targets = targets == null ? List.of() : List.copyOf(targets);
            dualQualifiedTeachers = dualQualifiedTeachers == null
                    ? Map.of() : Map.copyOf(dualQualifiedTeachers);
            Set<String> ids = new HashSet<>();
            for (Target each : targets) {
                if (!ids.add(each.id)) {
                    throw new IllegalArgumentException(each.id + " stands twice");
                }
            }
        }
    }

    private final List<Policy> all;

    Policies() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        List<Policy> read = new ArrayList<>();
        for (Resource file : new PathMatchingResourcePatternResolver()
                .getResources("classpath:indicators/*.yaml")) {
            try (InputStream in = file.getInputStream()) {
                read.add(yaml.readValue(in, Policy.class));
            }
        }
        read.sort(Comparator.comparing(Policy::id));
        this.all = List.copyOf(read);
    }

    List<Policy> all() {
        return all;
    }

    Policy get(String id) {
        return all.stream().filter(p -> p.id.equals(id)).findFirst()
                .orElseThrow(() -> new Refused(new Refusal.PolicyUnknown(id, all.stream()
                        .map(Policy::id).collect(Collectors.joining(", ")))));
    }

    /** Which share of teachers is to be dual-qualified, where a policy of the region says so. */
    @Nullable BigDecimal dualQualifiedTeachers(@Nullable Region region, InstitutionKind kind) {
        return region == null ? null : all.stream()
                .filter(p -> region.code().startsWith(Scope.of(p.region, null).region()))
                .filter(p -> p.dualQualifiedTeachers.containsKey(kind))
                .map(p -> p.dualQualifiedTeachers.get(kind)).findFirst().orElse(null);
    }
}
