package creditbank.api.agreement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Names;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.value.Country;
import creditbank.api.value.Region;
import creditbank.api.value.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who enters into an agreement: whoever can have rules of their own, as a {@link Jurisdiction} is
 * written ({@code institution/dandong-tech}, {@code region/210600} of GB/T 2260, {@code country/CN}
 * of ISO 3166), or another credit bank ({@code bank/kr-acbs}). A region or a country stands for the
 * institutions in it.
 */
public record Party(@JsonValue String text) {

    private static final String INSTITUTION = "institution/";
    private static final String REGION = "region/";
    private static final String BANK = "bank/";
    private static final String COUNTRY = "country/";
    private static final Party CHINA = of(Country.CHINA);

    @JsonCreator
    public Party {
        boolean bank = text.startsWith(BANK) && Names.isName(text.substring(BANK.length()));
        if (!bank && !Jurisdiction.isOne(text)) {
            throw Rule.PARTY_MALFORMED.brokenBy(text);
        }
        if (text.startsWith(REGION)) {
            region(text);
        }
    }

    public static Party of(InstitutionId institution) {
        return new Party(institution.stream());
    }

    public static Party of(Region region) {
        return new Party(REGION + region);
    }

    public static Party of(Country country) {
        return new Party(COUNTRY + country);
    }

    /** The institution that it is, or null. */
    public @Nullable InstitutionId institution() {
        return text.startsWith(INSTITUTION)
                ? new InstitutionId(text.substring(INSTITUTION.length())) : null;
    }

    /**
     * The parties that a region is part of, the nearest first: {@code region/210604} is part of
     * {@code region/210600}, {@code region/210000} and {@code country/CN}. Of any other party
     * nothing is known from its text.
     */
    public List<Party> wider() {
        List<Party> wider = new ArrayList<>();
        if (text.startsWith(REGION)) {
            String code = region(text).code();
            for (int digits = 4; digits > 0; digits -= 2) {
                Party around = new Party(REGION + code.substring(0, digits)
                        + "0".repeat(code.length() - digits));
                if (!around.equals(this)) {
                    wider.add(around);
                }
            }
            wider.add(CHINA);
        }
        return List.copyOf(wider);
    }

    /**
     * All parties that stand for an institution: itself, and what it lies in.
     *
     * @param region  where in China it sits, or null
     * @param country where it sits; null where it is not known, or a region says it
     */
    public static List<Party> standingFor(
            InstitutionId institution, @Nullable Region region, @Nullable Country country) {
        List<Party> all = new ArrayList<>(List.of(of(institution)));
        if (region != null) {
            all.add(of(region));
            all.addAll(of(region).wider());
        } else if (country != null) {
            all.add(of(country));
        }
        return List.copyOf(all);
    }

    private static Region region(String text) {
        return new Region(text.substring(REGION.length()));
    }

    @Override
    public String toString() {
        return text;
    }
}
