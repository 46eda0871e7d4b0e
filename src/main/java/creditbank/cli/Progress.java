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

    private Progress(ProgressBarBuilder builder) {
        builder.setStyle(ProgressBarStyle.ASCII);
        if (System.console() == null || !System.console().isTerminal()) {
            builder.setUpdateIntervalMillis(MILLIS_BETWEEN_LINES)
                    .setConsumer(new DelegatingProgressBarConsumer(
                            new Lines()::print, LINE_WIDTH));
        }
        this.bar = builder.build();
    }

    /** @param of how many there are in all */
    static Progress ofEntries(String what, long of) {
        return new Progress(
                new ProgressBarBuilder().setTaskName(what).setInitialMax(of).showSpeed());
    }

    /** Of work in hundredths, of which a speed would tell nothing. */
    static Progress inPercent(String what) {
        return new Progress(new ProgressBarBuilder().setTaskName(what).setInitialMax(100));
    }

    /** The bar draws itself once more at its end, also where nothing has moved since. */
    private static final class Lines {
        private String last = "";

        void print(String line) {
            String now = line.strip();
            if (!now.equals(last)) {
                System.err.println(now);
            }
            last = now;
        }
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
        bar.setExtraMessage(" " + message);
    }

    @Override
    public void close() {
        bar.close();
    }
}
