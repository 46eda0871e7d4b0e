package creditbank.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A log that lies in a folder as it is served. */
record FolderReader(Path folder) implements LogReader {

    @Override
    public byte[] checkpoint() throws IOException {
        return Files.readAllBytes(folder.resolve("checkpoint"));
    }

    @Override
    public byte[] tile(int level, long index, int width) throws IOException {
        return Files.readAllBytes(folder.resolve(new TilePath(level, index, width).text()));
    }

    @Override
    public byte[] entries(long index, int width) throws IOException {
        return tile(TilePath.ENTRIES, index, width);
    }
}
