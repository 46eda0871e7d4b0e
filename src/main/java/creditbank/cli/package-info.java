/**
 * The bank on the command line. Owns options, exit codes and progress bars; the work is done by the
 * same parts that answer HTTP.
 */
@NullMarked
package creditbank.cli;

import org.jspecify.annotations.NullMarked;
