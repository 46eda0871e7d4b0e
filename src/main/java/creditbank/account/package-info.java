/**
 * Learner accounts and the achievements in them: decides what may be recorded, corrected and taken
 * back, and seals what is personal before a command is made. Never reads views and never writes to
 * any stream but {@code learner/<id>}.
 */
@NullMarked
package creditbank.account;

import org.jspecify.annotations.NullMarked;
