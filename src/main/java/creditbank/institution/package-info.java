/**
 * Who may record: decides on registration, suspension and reinstatement of institutions, and tells
 * other decisions how an institution stands. Never writes to any stream but
 * {@code institution/<id>}.
 */
@NullMarked
package creditbank.institution;

import org.jspecify.annotations.NullMarked;
