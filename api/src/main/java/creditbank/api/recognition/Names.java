package creditbank.api.recognition;

import creditbank.api.value.Rule;

/** The form of the names that rulebooks give: of themselves, of clauses, limits and attributes. */
public final class Names {

    public static final int LONGEST = 60;

    private Names() {
    }

    /** Lower-case letters, digits and single dashes between them. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        boolean dashAllowed = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!letter && (c != '-' || !dashAllowed)) {
                return false;
            }
            dashAllowed = letter;
        }
        return dashAllowed;
    }

    static String checked(String text) {
        if (!isName(text)) {
            throw Rule.ID_MALFORMED.brokenBy(text);
        }
        return text;
    }
}
