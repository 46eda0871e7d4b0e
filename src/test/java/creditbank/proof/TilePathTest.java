package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TilePathTest {

    @ParameterizedTest
    @CsvSource({"tile/0/000, 0, 0, 256", "tile/0/x001/x234/067, 0, 1234067, 256",
        "tile/1/000.p/1, 1, 0, 1", "tile/entries/x001/000.p/255, -1, 1000, 255",
        "tile/7/x036/x028/x797/x018/x963/967, 7, 36028797018963967, 256"})
    void a_path_is_read_as_it_is_written(String text, int level, long index, int width) {
        TilePath path = new TilePath(level, index, width);
        assertThat(path.text()).isEqualTo(text);
        assertThat(TilePath.parse(text)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000",
        "tile/00/000", "tile/8/000", "tile/63/000", "tile/-1/000", "tile/0/x000/000",
        "tile/0/x000/x001/000", "tile/0/001/000", "tile/0/x001/x000", "tile/0/X001/000",
        "tile/0/x01/000", "tile/0/000.p/0", "tile/0/000.p/00", "tile/0/000.p/01",
        "tile/0/000.p/256", "tile/0/000.p/-1", "tile/0/000.p/", "tile/0/000.p",
        "tile/0/000.p/1/", "tile/0/000/", "/tile/0/000", "tile//0/000", "tile/0/../000",
        "tile/0/x001/../000", "tile/data/000", "tile/entries/0", "tile/Entries/000",
        "tile/0/٠٠٠", "tile/0/000\n", "tile/0/ 000", "tile/8/0/000",
        "tile/0/x001/x000/x000/x000/x000/x000/000", "tile/0/x999/x999/x999/x999/x999/999"})
    void every_other_path_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TilePath.parse(text));
    }

    @Test
    void a_tile_is_within_a_tree_when_all_of_it_is() {
        assertThat(new TilePath(0, 0, 256).isWithin(256)).isTrue();
        assertThat(new TilePath(0, 0, 256).isWithin(255)).isFalse();
        assertThat(new TilePath(0, 1, 3).isWithin(259)).isTrue();
        assertThat(new TilePath(1, 0, 1).isWithin(255)).isFalse();
        assertThat(new TilePath(1, 0, 1).isWithin(256)).isTrue();
        assertThat(new TilePath(TilePath.ENTRIES, 0, 1).isWithin(0)).isFalse();
        assertThat(new TilePath(0, 0, 1).isWithin(-1)).isFalse();
        assertThat(TilePath.width(1, 0, 70_000)).isEqualTo(256);
        assertThat(TilePath.width(1, 1, 70_000)).isEqualTo(17);
        assertThatIllegalArgumentException().isThrownBy(() -> TilePath.width(0, 1, 256));
    }
}
