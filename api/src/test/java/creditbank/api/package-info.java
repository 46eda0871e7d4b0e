/** What the language refuses, as sentences. */
@NullMarked
package creditbank.api;

import org.jspecify.annotations.NullMarked;
