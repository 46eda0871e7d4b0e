/**
 * Programmes (专业/培养方案): decides how institutions define, revise and close them, and finds a version
 * for the engine. Never writes to any stream but {@code programme/<id>}, and knows no learner.
 */
@NullMarked
package creditbank.programme;

import org.jspecify.annotations.NullMarked;
