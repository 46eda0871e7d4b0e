package creditbank.views;

import static creditbank.views.Tally.COUNTS;
import static creditbank.views.Tally.registered;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.Sample;
import creditbank.api.account.Achievement;
import creditbank.projections.Books;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.projections.Views;
import creditbank.views.sqlite.SqliteViews;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteViewsTest extends ViewKeeperContract {

    @TempDir
    Path folder;

    @Override
    protected ViewKeeper open(List<Projection> projections) {
        return new SqliteViews(folder.resolve("views.db"), projections);
    }

    private void reopen(Projection projection) {
        keeper.close();
        keeper = open(List.of(projection));
    }

    @Test
    void documents_and_how_far_they_stand_survive_reopening() {
        fold(0, registered("aa", "x"), registered("aa", "y"));
        reopen(TALLY);
        assertThat(keeper.reached(TALLY)).isEqualTo(2);
        assertThat(keeper.lastFolded(TALLY)).contains("id-1");
        assertThat(keeper.views().get(COUNTS, "aa"))
                .isEqualTo(new Tally.Count("aa", "y", 2, true));
    }

    @Test
    void a_file_of_old_that_does_not_say_which_entry_was_the_last_begins_anew()
            throws Exception {
        fold(0, registered("aa", "x"));
        keeper.close();
        try (Connection old = DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("views.db"))) {
            old.createStatement().execute("ALTER TABLE projections DROP COLUMN last_entry");
        }
        keeper = open(List.of(TALLY));
        assertThat(keeper.reached(TALLY)).isZero();
        assertThat(all(keeper)).isEmpty();
        fold(0, registered("bb", "x"));
        reopen(TALLY);
        assertThat(keeper.lastFolded(TALLY)).contains("id-0");
        assertThat(all(keeper)).extracting(Views.Row::at).containsExactly("bb");
    }

    @Test
    void what_was_made_anew_survives_reopening() {
        fold(0, registered("aa", "x"));
        ViewKeeper.Rebuild anew = keeper.rebuild(TALLY);
        anew.fold(entries(0, registered("bb", "x"), registered("cc", "x")));
        anew.replace();
        reopen(TALLY);
        assertThat(keeper.reached(TALLY)).isEqualTo(2);
        assertThat(all(keeper)).extracting(Views.Row::at).containsExactly("bb", "cc");
    }

    @Test
    void a_projection_of_another_version_begins_anew() {
        fold(0, registered("aa", "x"));
        Projection next = new Tally(2);
        reopen(next);
        assertThat(keeper.reached(next)).isZero();
        assertThat(all(keeper)).isEmpty();
        keeper.fold(List.of(next), entries(0, registered("bb", "x")));
        reopen(next);
        assertThat(keeper.reached(next)).isEqualTo(1);
        reopen(TALLY);
        assertThat(keeper.reached(TALLY)).isZero();
    }

    @Test
    void making_anew_that_was_cut_short_does_not_stand_in_the_way_of_another_version() {
        fold(0, registered("aa", "x"));
        keeper.rebuild(TALLY).fold(entries(0, registered("zz", "half")));
        Projection next = new Tally(2);
        reopen(next);
        assertThat(keeper.reached(next)).isZero();
        assertThat(all(keeper)).isEmpty();
    }

    @Test
    void a_deleted_file_is_made_again_with_the_same_answers() throws Exception {
        Path bankFolder = Files.createDirectory(folder.resolve("bank"));
        List<Object> before;
        try (Bank bank = Sample.open(bankFolder)) {
            Sample.business(bank);
            before = answers(bank.views());
        }
        Files.delete(bankFolder.resolve("data").resolve("views.db"));
        try (Bank bank = Sample.open(bankFolder)) {
            assertThat(bank.follower().reached()).isZero();
            bank.follower().catchUp(_ -> { });
            assertThat(answers(bank.views())).isEqualTo(before).hasSizeGreaterThan(8);
        }
    }

    private static List<Object> answers(Views views) {
        List<Object> answers = new ArrayList<>(Books.on(views, null, Achievement.LATEST));
        for (Projection projection : Projection.all()) {
            for (View<?> view : projection.views()) {
                answers.addAll(views.page(view, Views.Range.ofKeys("", 1_000)));
                for (View.Index<?> index : view.indexes()) {
                    answers.addAll(views.page(view, Views.Range.of(index.name(), "", 1_000)));
                }
            }
        }
        return answers;
    }
}
