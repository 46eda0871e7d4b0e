/**
 * The bank over HTTP: JSON in, JSON out, problems by RFC 9457. Translates and nothing else; every
 * decision is made behind it.
 */
@NullMarked
package creditbank.http;

import org.jspecify.annotations.NullMarked;
