package creditbank.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the error stream, so that the output itself can be piped. */
final class Progress implements LongConsumer, AutoCloseable {

    private final ProgressBar bar;

    Progress(String what, long of) {
        this.bar = new ProgressBarBuilder().setTaskName(what).setInitialMax(of)
                .setStyle(ProgressBarStyle.ASCII).showSpeed().build();
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
