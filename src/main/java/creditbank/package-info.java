/**
 * The application: puts the bank together and starts it. Owns the data folder and the command line;
 * holds no rule of the domain.
 */
@NullMarked
package creditbank;

import org.jspecify.annotations.NullMarked;
