/**
 * Who may ask: users, their roles, and what each is bound to. Owns {@code users.yaml}; decides
 * nothing about credits.
 */
@NullMarked
package creditbank.security;

import org.jspecify.annotations.NullMarked;
