package creditbank.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on the error stream, so that the output itself can be piped; where nobody watches a
 * terminal, a line now and then.
 */
final class Progress implements LongConsumer, AutoCloseable {

    private static final int MILLIS_BETWEEN_LINES = 5_000;
    private static final int LINE_WIDTH = 120;

    private final ProgressBar bar;

    Progress(String what, long of) {
        ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName(what)
                .setInitialMax(of).setStyle(ProgressBarStyle.ASCII).showSpeed();
        if (System.console() == null || !System.console().isTerminal()) {
            builder.setUpdateIntervalMillis(MILLIS_BETWEEN_LINES)
                    .setConsumer(new DelegatingProgressBarConsumer(
                            line -> System.err.println(line.strip()), LINE_WIDTH));
        }
        this.bar = builder.build();
    }

    @Override
    public void accept(long done) {
        bar.stepTo(done);
    }

    /** Where the whole is known only on the way. */
    void at(long done, long of) {
        bar.maxHint(of);
        bar.stepTo(done);
    }

    void say(String message) {
        bar.setExtraMessage(message);
    }

    @Override
    public void close() {
        bar.close();
    }
}
