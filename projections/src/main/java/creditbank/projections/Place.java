package creditbank.projections;

import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something is counted: at an institution.
 *
 * @param region where that sits; absent for bodies outside the country
 */
public record Place(InstitutionId institution, Sector sector, @Nullable Region region) {

    /** All scopes it is counted in: at most nine. */
    List<Scope> scopes() {
        List<Scope> scopes = new ArrayList<>();
        scopes.add(Scope.of(institution));
        for (Sector each : new @Nullable Sector[] {null, sector}) {
            scopes.add(new Scope(null, "", each));
            if (region != null) {
                String within = Scope.within(region);
                for (int digits = within.length(); digits > 0; digits -= 2) {
                    scopes.add(new Scope(null, within.substring(0, digits), each));
                }
            }
        }
        return scopes;
    }

    /**
     * Which places are asked about.
     *
     * @param institution one alone; else null
     * @param region      the first two, four or six digits of their regions; empty for all places,
     *                    also those outside the country
     * @param sector      one alone; else null
     */
    public record Scope(@Nullable InstitutionId institution, String region,
            @Nullable Sector sector) {

        public static final Scope ALL = new Scope(null, "", null);

        public static Scope of(InstitutionId institution) {
            return new Scope(institution, "", null);
        }

        /** A province, a city or a county: 210000 stands for all whose region begins with 21. */
        public static Scope of(@Nullable Region region, @Nullable Sector sector) {
            return new Scope(null, region == null ? "" : within(region), sector);
        }

        private static String within(Region region) {
            String code = region.code();
            return code.endsWith("0000") ? code.substring(0, 2)
                    : code.endsWith("00") ? code.substring(0, 4) : code;
        }

        public boolean covers(Place place) {
            return (institution == null || institution.equals(place.institution))
                    && (sector == null || sector == place.sector)
                    && (region.isEmpty()
                    || place.region != null && place.region.code().startsWith(region));
        }

        /** As keys write it. */
        String text() {
            return institution != null ? institution.stream()
                    : "region/" + region + (sector == null ? "" : "/" + sector);
        }
    }
}
